using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Housekeeping;

namespace AstroJobs.Cli.Commands;

/// <summary><c>stats</c>: the store counted, its size, what runs and what failed last.</summary>
internal static class StatsCommand
{
    public static Command Create()
    {
        var since = SinceOption.Create();
        var command = new Command("stats", "Count the jobs by state, kind, project and group; tell their size, what runs and what failed last.");
        command.Options.Add(since);
        command.Runs((session, parsed) =>
        {
            var filter = new JobFilter { Since = parsed.GetValue(since)?.From(session.Time) };
            var found = session.Engine.List(filter).ToList();
            var jobs = found.Select(static job => job.Status).OfType<JobStatus>().ToList();
            var bytes = jobs.Sum(job => session.Engine.SizeOf(job.JobId));
            session.Engine.Dispatch();
            StatsAnswer.Write(session.Answer, StoreStatistics.Of(jobs), bytes, unreadable: found.Count - jobs.Count);
            return ExitCode.Ok;
        });
        return command;
    }
}
