using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;

namespace AstroJobs.Cli.Commands;

/// <summary><c>watch</c>: what runs and what waits, live.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Of the time, at most one part in so many goes into looking at a store however large.</summary>
    private const int Rest = 20;

    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Show it once and end." };
        var command = new Command("watch", "Show the jobs that run and wait, until Ctrl-C: a live table on a terminal, else a line whenever a job changes.");
        var filter = FilterOptions.AddTo(command);
        command.Options.Add(once);
        command.Runs((session, parsed, cancellation) =>
        {
            var chosen = filter.Read(parsed, session.Time, JobState.Queued, JobState.Processing);
            return Task.FromResult(parsed.GetValue(once) ? ShowOnce(session, chosen) : Watch(session, chosen, cancellation));
        });
        return command;
    }

    private static int ShowOnce(Session session, JobFilter filter)
    {
        var jobs = session.Engine.Watch(filter).Look();
        session.Engine.Dispatch();
        if (session.Answer.IsJson)
            StatusAnswer.WriteMany(session.Answer, [.. jobs.Select(static job => new StatusEntry(job.JobId.ToString(), job, null))]);
        else
            foreach (var line in WatchTable.Draw(jobs, session.Time.GetUtcNow(), TerminalSize.Unlimited))
                session.Answer.Text(line);
        return ExitCode.Ok;
    }

    /// <summary>Ends by cancellation alone.</summary>
    private static int Watch(Session session, JobFilter filter, CancellationToken cancellation)
    {
        var watch = session.Engine.Watch(filter);
        using var table = StandardFiles.OutputIsTerminal && !session.Answer.IsJson ? new LiveTable(session.Answer.Raw, session.Time) : null;
        var lines = new ChangedJobs(session.Answer);
        while (true)
        {
            var started = session.Time.GetTimestamp();
            var jobs = watch.Look();
            session.Engine.Dispatch();
            if (table is not null)
                table.Show(jobs, TerminalSize.Read());
            else
                lines.Show(jobs);
            var pause = session.Time.GetElapsedTime(started) * Rest;
            cancellation.WaitHandle.WaitOne(pause > Interval ? pause : Interval);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
