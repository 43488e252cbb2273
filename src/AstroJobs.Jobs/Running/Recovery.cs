using AstroJobs.Jobs.Native;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// Reads a job's status and mends what nobody else can: a worker that died leaves <c>processing</c> behind, a power cut a queued job
/// without a place in the queue. The kernel's lock decides who is alive; no clock does.
/// </summary>
internal sealed class Recovery(JobStore store, Queue queue, Slots slots, TimeProvider time)
{
    /// <summary>The status as it is true now, with the reason why a queued job does not run.</summary>
    /// <exception cref="JobException"><c>job_not_found</c>, <c>corrupt</c>.</exception>
    public JobStatus Look(JobFolder folder)
    {
        var status = Mend(folder);
        return status.State == JobState.Queued ? status with { WaitingFor = folder.IsLocked ? Transitions.StartingMark : ReasonFor(folder.ReadSpec(), status) } : status;
    }

    /// <summary>How the jobs that <paramref name="spec"/> waits for stand; a dead one among them counts as failed.</summary>
    public Dependencies CheckDependencies(JobSpec spec) => Dependencies.Check(spec.After, StateOf);

    private JobState? StateOf(JobId id)
    {
        try
        {
            return Mend(store.Open(id)).State;
        }
        catch (JobException error) when (error.Code == ErrorCode.JobNotFound)
        {
            return null;
        }
        catch (JobException error) when (error.Code == ErrorCode.Corrupt)
        {
            return JobState.Error;
        }
    }

    private JobStatus Mend(JobFolder folder)
    {
        var status = folder.ReadStatus();
        if (status.IsFinal || folder.IsLocked)
            return status;
        status = folder.ReadStatus(); // it may have ended between the two looks
        return status.IsFinal || folder.IsLocked ? status : MendUnlocked(folder, status);
    }

    private JobStatus MendUnlocked(JobFolder folder, JobStatus seen)
    {
        var spec = IsLost(seen) ? null : folder.ReadSpec();
        if (spec is not null && queue.Contains(spec, seen.NotBefore))
            return seen;
        try
        {
            using var claim = FolderLock.TryAcquire(folder.Lock);
            if (claim is null)
                return folder.ReadStatus(); // somebody else mends or starts it
            var status = folder.ReadStatus();
            if (IsLost(status))
                return MarkLost(folder, status);
            if (!status.IsFinal)
                queue.Add(spec ?? folder.ReadSpec(), status.NotBefore);
            return status;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException { HResult: Libc.EROFS or Libc.EACCES or Libc.EPERM } || Errno.IsDiskFull(error))
        {
            return IsLost(seen) ? Lost(seen) : seen; // a store that we may only read, or that is full: say what is true, change nothing
        }
    }

    private static bool IsLost(JobStatus unlocked) =>
        unlocked.State == JobState.Processing || (unlocked.State == JobState.Queued && unlocked.WaitingFor == Transitions.StartingMark);

    private JobStatus MarkLost(JobFolder folder, JobStatus status)
    {
        var lost = Lost(status);
        folder.WriteStatus(lost, durable: true);
        Stragglers.Stop(status, Signals.Terminate); // before the job's slots are given away: two tools at once wedge a camera
        return lost;
    }

    private JobStatus Lost(JobStatus status) => Transitions.Fail(status, Transitions.WorkerLost(status), time.GetUtcNow());

    private string ReasonFor(JobSpec spec, JobStatus status)
    {
        if (status.NotBefore is { } notBefore && notBefore > time.GetUtcNow())
            return $"until:{UtcTime.Text(notBefore)}";
        if (CheckDependencies(spec).WaitsFor is { } other)
            return $"after:{other}";
        return slots.FirstTaken(spec.Slots) is { } slot && slot.StartsWith("camera", StringComparison.Ordinal) ? "camera" : "slot";
    }
}
