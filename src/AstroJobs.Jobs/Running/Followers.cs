using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>The jobs that a job which is over made to follow it.</summary>
internal sealed class Followers(JobStore store, Recovery recovery, Canceller canceller)
{
    /// <summary>Cancels those that have not started.</summary>
    public async Task<CancelledFollowers> CancelAsync(JobId parent, CancellationToken cancellation)
    {
        var (cancelled, running) = (new List<JobId>(), new List<JobId>());
        foreach (var folder in Live(parent)) // the newest first, so that none fails for the sake of one that it waits for
        {
            var status = recovery.Look(folder);
            if (status.State == JobState.Queued)
                status = await canceller.CancelAsync(folder, cancellation).ConfigureAwait(false);
            if (!status.IsFinal)
                running.Add(folder.Id);
            else if (status.State == JobState.Cancelled)
                cancelled.Add(folder.Id);
        }
        return new CancelledFollowers([.. Enumerable.Reverse(cancelled)], [.. Enumerable.Reverse(running)]);
    }

    /// <summary>Followers are younger than what they follow.</summary>
    private List<JobFolder> Live(JobId parent) =>
        [.. store.IdsNewestFirst().TakeWhile(id => id.CompareTo(parent) > 0).Select(store.Open).Where(folder => IsLive(folder) && Follows(folder, parent))];

    private static bool IsLive(JobFolder folder) =>
        folder.ReadStatusBytes() is { } bytes && StatusPeek.TryRead(bytes, folder.Id) is { State: JobState.Queued or JobState.Processing };

    private static bool Follows(JobFolder folder, JobId parent)
    {
        try
        {
            return folder.ReadSpec().Follows == parent;
        }
        catch (JobException error) when (error.Code is ErrorCode.Corrupt or ErrorCode.JobNotFound)
        {
            return false; // it cannot be told
        }
    }
}
