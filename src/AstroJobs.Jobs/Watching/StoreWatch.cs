using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Watching;

/// <summary>Looks at the jobs of a store again and again. A job that has ended is not read again while its folder stays as it is.</summary>
/// <param name="look">The true status of one job; null for one that is gone or cannot be read.</param>
public sealed class StoreWatch(JobStore store, JobFilter filter, Func<JobId, JobStatus?> look, TimeProvider time)
{
    /// <summary>The clock of a file system may stand still for some milliseconds: what changed just now may change again unseen.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private readonly Dictionary<JobId, Resting> _resting = [];
    private readonly HashSet<JobId> _live = [];

    /// <summary>Those that match, newest first; and once each that had not ended when it was last looked at and has now, whether it still matches or not.</summary>
    public IReadOnlyList<JobStatus> Look()
    {
        var found = new List<JobStatus>();
        foreach (var id in store.IdsNewestFirst())
            if (LookAt(id) is { } status && (_live.Contains(id) || filter.Matches(status)))
                found.Add(status);
        _live.Clear();
        _live.UnionWith(found.Where(static status => !status.IsFinal).Select(static status => status.JobId));
        return found;
    }

    private JobStatus? LookAt(JobId id)
    {
        var changed = Directory.GetLastWriteTimeUtc(store.PathOf(id)); // a new status comes by rename; looked at before the file is
        if (_resting.TryGetValue(id, out var resting) && resting.Changed == changed)
            return resting.Status;
        var status = look(id);
        if (status is { IsFinal: true } && time.GetUtcNow() - changed > Settling)
            _resting[id] = new Resting(changed, filter.Matches(status) ? status : null);
        else
            _resting.Remove(id);
        return status;
    }

    /// <param name="Status">Null when it does not match.</param>
    private readonly record struct Resting(DateTime Changed, JobStatus? Status);
}
