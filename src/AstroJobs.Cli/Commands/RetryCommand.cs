using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Commands;

/// <summary><c>retry ID…</c>: jobs that failed or were cancelled are tried again from the beginning.</summary>
internal static class RetryCommand
{
    public static Command Create() => Create(
        "retry",
        "Try jobs again that failed or were cancelled, from the beginning; what the last attempt left is kept in attempts/N (exit 6 when one is done or has not ended).",
        static (engine, folder) => engine.Retry(folder));

    /// <summary>A verb that begins new attempts.</summary>
    public static Command Create(string name, string description, Func<JobEngine, JobFolder, JobStatus> begin)
    {
        var command = new Command(name, description);
        var targets = JobTargets.AddTo(command);
        command.Runs((session, parsed) =>
        {
            var isFiltered = targets.AreFiltered(parsed);
            var wanted = targets.Read(session, parsed, JobState.Error, JobState.Cancelled);
            if (isFiltered)
                wanted = [.. wanted.Reverse()]; // the oldest first: none may start before one that it waits for is tried again
            var outcomes = wanted.Select(id => Begin(session, id, begin)).ToList();
            session.Engine.Dispatch();
            return OutcomeAnswer.Write(session.Answer, outcomes, isFiltered);
        });
        return command;
    }

    private static RetryOutcome Begin(Session session, string idOrPrefix, Func<JobEngine, JobFolder, JobStatus> begin)
    {
        try
        {
            var next = begin(session.Engine, session.Engine.Store.Find(idOrPrefix));
            return new RetryOutcome(next.JobId.ToString(), next.Attempt, null);
        }
        catch (JobException error)
        {
            return new RetryOutcome(idOrPrefix, null, error.ToError());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new RetryOutcome(idOrPrefix, null, IoFailure.Explain(error));
        }
    }
}
