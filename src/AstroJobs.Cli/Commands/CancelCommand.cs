using System.CommandLine;
using AstroJobs.Cli.Options;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands;

/// <summary><c>cancel ID…</c>: ends jobs in whatever state they are.</summary>
internal static class CancelCommand
{
    public static Command Create()
    {
        var command = new Command("cancel", "End jobs, waiting or running, and leave no process behind; of one that is done, end what follows it and has not started (exit 6 when there was nothing to end; filters mean jobs that have not ended).");
        var targets = JobTargets.AddTo(command);
        command.Runs(async (session, parsed, cancellation) =>
        {
            var outcomes = await CancelAsync(session, targets.Read(session, parsed, JobState.Queued, JobState.Processing), cancellation).ConfigureAwait(false);
            session.Engine.Dispatch();
            return OutcomeAnswer.Write(session.Answer, outcomes, targets.AreFiltered(parsed));
        });
        return command;
    }

    /// <summary>
    /// All at once, on no thread of their own: a stop ladder sleeps nearly all the time. Those that run come last, so that none that waits starts in
    /// the place of one that was stopped; of those that wait, the newest come first, so that none fails for the sake of one that it waits for.
    /// </summary>
    private static async Task<IReadOnlyList<CancelOutcome>> CancelAsync(Session session, IReadOnlyList<string> wanted, CancellationToken cancellation)
    {
        var entries = wanted.Select(id => StatusEntry.Look(session, id)).ToList();
        var order = Enumerable.Range(0, entries.Count)
            .OrderBy(index => entries[index].Status?.State == JobState.Processing)
            .ThenByDescending(index => entries[index].Id, StringComparer.Ordinal);
        var outcomes = new CancelOutcome[entries.Count];
        await Task.WhenAll(order.Select(CancelOneAsync)).ConfigureAwait(false);
        return outcomes;

        async Task CancelOneAsync(int index) => outcomes[index] = await CancelAsync(session, entries[index], cancellation).ConfigureAwait(false);
    }

    private static async Task<CancelOutcome> CancelAsync(Session session, StatusEntry entry, CancellationToken cancellation)
    {
        if (entry.Status is not { } before)
            return new CancelOutcome(entry.Id, null, null, entry.Error);
        try
        {
            var folder = session.Engine.Store.Open(before.JobId);
            var after = await session.Engine.CancelAsync(folder, cancellation).ConfigureAwait(false);
            // Of a series that is over, what was to follow is still to be stopped.
            var followers = after.State == JobState.Done ? await session.Engine.CancelFollowersAsync(folder, cancellation).ConfigureAwait(false) : CancelledFollowers.None;
            return CancelOutcome.Of(before, after, followers);
        }
        catch (JobException error)
        {
            return new CancelOutcome(entry.Id, null, null, error.ToError());
        }
    }
}
