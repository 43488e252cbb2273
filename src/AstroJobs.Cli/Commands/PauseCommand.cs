using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Kinds;

namespace AstroJobs.Cli.Commands;

/// <summary><c>pause ID…</c> and <c>continue ID…</c>: a series takes no shots for a while.</summary>
internal static class PauseCommand
{
    public static Command Create(bool paused)
    {
        var command = paused
            ? new Command("pause", "Let jobs of the kind timelapse take no shots until `continue`; those that are due meanwhile are recorded as missed (exit 6 for a kind that cannot, and for a job that has ended).")
            : new Command("continue", "Let jobs go on that `pause` stopped.");
        var targets = JobTargets.AddTo(command);
        command.Runs((session, parsed) =>
        {
            var kinds = JobKinds.CreateAll();
            var outcomes = targets.Read(session, parsed, JobState.Queued, JobState.Processing).Select(id => Set(session, id, paused, kinds)).ToList();
            session.Engine.Dispatch();
            return OutcomeAnswer.Write(session.Answer, outcomes, targets.AreFiltered(parsed));
        });
        return command;
    }

    private static PauseOutcome Set(Session session, string idOrPrefix, bool paused, IReadOnlyList<JobKind> kinds)
    {
        try
        {
            var folder = session.Engine.Store.Find(idOrPrefix);
            session.Engine.Pause(folder, paused, kinds);
            return new PauseOutcome(folder.Id.ToString(), paused, null);
        }
        catch (JobException error)
        {
            return new PauseOutcome(idOrPrefix, null, error.ToError());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new PauseOutcome(idOrPrefix, null, IoFailure.Explain(error));
        }
    }
}
