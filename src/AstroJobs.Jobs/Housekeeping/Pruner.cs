using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Housekeeping;

/// <summary>Deletes what <see cref="PrunePolicy"/> chose, and what killed deletes left in the trash. Any number of them may work at once.</summary>
internal sealed class Pruner(JobStore store, Remover remover, TimeProvider time)
{
    /// <param name="statuses">All jobs that can be read.</param>
    /// <param name="unreadable">How many besides cannot; they stay.</param>
    public PruneReport Prune(IReadOnlyList<JobStatus> statuses, int unreadable, PruneRules rules, bool dryRun)
    {
        var chosen = PrunePolicy.Choose(Measure(statuses), rules, time.GetUtcNow());
        var pruned = new List<StoredJob>();
        var failures = new List<JobError>();
        foreach (var job in chosen)
        {
            _ = job.Bytes.Value; // before it is gone
            if (dryRun || TryDelete(job.Status.JobId, failures))
                pruned.Add(job);
        }
        if (!dryRun)
            remover.EmptyTrash();
        return new PruneReport(pruned, statuses.Count + unreadable - pruned.Count, failures);
    }

    private List<StoredJob> Measure(IReadOnlyList<JobStatus> statuses)
    {
        var needed = statuses.Where(static status => !status.IsFinal).SelectMany(After).ToHashSet();
        return [.. statuses.Select(status => new StoredJob(
            status, needed.Contains(status.JobId), new Lazy<long>(() => FolderSize.Measure(store.Open(status.JobId).Path))))];
    }

    /// <summary>A job whose job.json cannot be read will never run, so it needs nothing.</summary>
    private IReadOnlyList<JobId> After(JobStatus status)
    {
        try
        {
            var spec = store.Open(status.JobId).ReadSpec();
            return [.. spec.After, .. spec.AfterAny];
        }
        catch (JobException error) when (error.Code is ErrorCode.JobNotFound or ErrorCode.Corrupt)
        {
            return [];
        }
    }

    private bool TryDelete(JobId id, List<JobError> failures)
    {
        try
        {
            remover.Delete(store.Open(id));
            return true;
        }
        catch (JobException error) when (error.Code is ErrorCode.JobRunning or ErrorCode.JobNotFound)
        {
            return false; // somebody works on it now, or has just deleted it
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            failures.Add(new JobError(ErrorCode.IoError, $"Job {id} could not be deleted: {error.Message}", "Do its files belong to another user?"));
            return false;
        }
    }
}
