using AstroJobs.Jobs.Executors;
using AstroJobs.Jobs.Faults;
using AstroJobs.Jobs.Native;
using AstroJobs.Jobs.Store;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// Reads a job's status and mends what nobody else can: a worker that died leaves <c>processing</c> behind, a power cut a queued job
/// without a place in the queue. The kernel's lock decides who is alive; no clock does.
/// </summary>
internal sealed class Recovery(JobStore store, Queue queue, Slots slots, LocalExecutor executor, Attempts attempts, TimeProvider time, ILogger? log = null)
{
    private readonly QueuePositions _positions = new(queue);

    /// <summary>Nobody wants the frames of last month's target when the machine starts today.</summary>
    private static readonly TimeSpan InterruptedLately = TimeSpan.FromDays(1);

    /// <summary>The status as it is true now, with the reason why a queued job does not run and its place in line.</summary>
    /// <exception cref="JobException"><c>job_not_found</c>, <c>corrupt</c>.</exception>
    public JobStatus Look(JobFolder folder)
    {
        var status = Mend(folder);
        if (status.State != JobState.Queued)
            return status;
        var spec = folder.ReadSpec();
        return folder.IsLocked
            ? status with { WaitingFor = Transitions.StartingMark }
            : status with { WaitingFor = ReasonFor(spec, status), Position = _positions.Of(spec) };
    }

    /// <summary>
    /// What a look does, and more: a job that the machine took down with it goes on where it was, if its kind can, also where nobody asked for
    /// retries. Made for the start of the machine.
    /// </summary>
    /// <returns>The status after; null for a job that the machine did not take down.</returns>
    public JobStatus? Recover(JobFolder folder)
    {
        var before = folder.ReadStatus();
        if (WasTakenDown(before) && !folder.IsLocked && folder.ReadSpec() is { Resumable: true } spec && TryGoOn(folder, spec) is { } next)
            return next;
        var after = Mend(folder);
        var isLost = !before.IsFinal && (after.Error ?? (after.Attempt > before.Attempt ? after.LastError : null)) is { Code: ErrorCode.WorkerLost };
        return isLost ? after : null;
    }

    /// <summary>How the jobs that <paramref name="spec"/> waits for stand; a dead one among them counts as failed.</summary>
    public Dependencies CheckDependencies(JobSpec spec) => Dependencies.Check(spec.After, spec.AfterAny, StateOf);

    /// <summary>
    /// Whether a job that left its name in a slot left nothing else there: its worker may have died and its tool live on, with the camera in
    /// its hand. What lives is being ended when this says false, and the queue is served again after that.
    /// </summary>
    public bool HasLeft(JobId id)
    {
        try
        {
            var folder = store.Open(id);
            var status = Mend(folder);
            if (status is { State: JobState.Processing, Worker: { } worker } && Stragglers.HasEnded(worker) && folder.IsLocked)
                return false; // it is tried again when that is gone
            if (status.Error?.Code != ErrorCode.WorkerLost)
                return true;
            using var claim = FolderLock.TryAcquire(folder.Lock);
            return claim is not null && (!Stragglers.AreLeft(status) || !TryEnd(folder, status.Attempt, claim));
        }
        catch (JobException error) when (error.Code is ErrorCode.JobNotFound or ErrorCode.Corrupt)
        {
            return true;
        }
    }

    /// <summary>
    /// Stops what a lost worker left, however long its grace; then its slots are free, whatever a process that cannot be killed does, and the
    /// end of an attempt that waited for this is recorded.
    /// </summary>
    public void EndLeftovers(JobFolder folder, JobStatus lost)
    {
        var spec = folder.ReadSpec();
        Stragglers.StopPatiently(lost, spec.CancelGrace);
        slots.Forget(spec.Slots, folder.Id);
        if (!lost.IsFinal && attempts.End(folder, HowItEnded(folder, lost)) is { IsFinal: true } ended)
            executor.Notify(folder, ended);
    }

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
        var spec = seen.State == JobState.Queued ? folder.ReadSpec() : null;
        if (spec is not null && queue.Contains(spec, seen.NotBefore))
            return seen; // also one whose starter died: it is taken out of the queue only when its worker has been started
        try
        {
            using var claim = FolderLock.TryAcquire(folder.Lock);
            if (claim is null)
                return folder.ReadStatus(); // somebody else mends or starts it
            FailPoints.Pass(FailPoint.MendClaimed);
            var status = folder.ReadStatus();
            if (IsLost(status))
                return MarkLost(folder, status, claim);
            if (!status.IsFinal)
                QueueAgain(spec ?? folder.ReadSpec(), status.NotBefore);
            return status;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException { HResult: Libc.EROFS or Libc.EACCES or Libc.EPERM } || Errno.IsDiskFull(error))
        {
            return IsLost(seen) ? Lost(seen) : seen; // a store that we may only read, or that is full: say what is true, change nothing
        }
    }

    private static bool IsLost(JobStatus unlocked) =>
        unlocked.State == JobState.Processing || (unlocked.State == JobState.Queued && unlocked.WaitingFor == Transitions.StartingMark);

    private void QueueAgain(JobSpec spec, DateTimeOffset? notBefore)
    {
        queue.Add(spec, notBefore);
        FailPoints.Pass(FailPoint.MendQueuedAgain);
        log?.LogWarning("Job {Job} had no place in the queue: it has one again", spec.JobId);
    }

    /// <summary>
    /// What it left is told to stop before its end is recorded: who dies here leaves both to the next look. A next attempt begins only when
    /// nothing is left; until then the job is what it was.
    /// </summary>
    private JobStatus MarkLost(JobFolder folder, JobStatus status, FolderLock claim)
    {
        var ended = HowItEnded(folder, status);
        var isStubborn = !Stragglers.Stop(status, Signals.Interrupt);
        if (isStubborn && Attempts.MayTryAgain(ended))
        {
            if (TryEnd(folder, status.Attempt, claim))
                return status;
            isStubborn = !Stragglers.Stop(status, Signals.Terminate, Signals.Kill);
        }
        var now = attempts.End(folder, ended);
        FailPoints.Pass(FailPoint.MendLostRecorded);
        log?.LogWarning("Job {Job} lost its worker (pid {Pid})", folder.Id, status.Worker?.Pid);
        if (now.IsFinal)
            executor.Notify(folder, now);
        if (isStubborn)
            TryEnd(folder, status.Attempt, claim);
        return now;
    }

    /// <summary>A worker of this machine that is gone, or that was told to stop when the machine went down.</summary>
    private bool WasTakenDown(JobStatus status) => status.State switch
    {
        JobState.Processing => true,
        JobState.Error => status is { Error.Code: ErrorCode.Interrupted, Worker: { } worker } && worker.BootId != HostIdentity.BootId && time.GetUtcNow() - status.FinishedAt < InterruptedLately,
        _ => false,
    };

    /// <summary>Null where somebody else has the job, or has asked for its end.</summary>
    private JobStatus? TryGoOn(JobFolder folder, JobSpec spec)
    {
        using var claim = FolderLock.TryAcquire(folder.Lock);
        if (claim is null || folder.ReadStatus() is not { } status || !WasTakenDown(status) || File.Exists(folder.CancelRequest(status.Attempt)))
            return null;
        var ended = status.IsFinal ? status : HowItEnded(folder, status);
        Stragglers.StopPatiently(status, spec.CancelGrace);
        var next = Transitions.Retry(ended, resumes: true, ended.RetriesLeft, time.GetUtcNow());
        attempts.Begin(folder, spec, ended, next);
        return next;
    }

    /// <summary>A worker that was about to try again by itself has recorded how its attempt ended before it was lost: that stands.</summary>
    private JobStatus HowItEnded(JobFolder folder, JobStatus status) => folder.Archive(status.Attempt).TryReadStatus() ?? Lost(status);

    /// <summary>Leaves what does not heed SIGINT to a process that has the time to wait for it, and holds the job's lock until it is gone.</summary>
    private bool TryEnd(JobFolder folder, int attempt, FolderLock claim)
    {
        try
        {
            executor.Start(folder, attempt, claim, []);
            return true;
        }
        catch (IOException)
        {
            return false; // no process can be started, so no other job either
        }
    }

    private JobStatus Lost(JobStatus status) => Transitions.Fail(status, Transitions.WorkerLost(status), time.GetUtcNow());

    private string ReasonFor(JobSpec spec, JobStatus status)
    {
        if (status.NotBefore is { } notBefore && notBefore > time.GetUtcNow())
            return $"until:{UtcTime.Text(notBefore)}";
        if (CheckDependencies(spec).WaitsFor is { } other)
            return $"after:{other}";
        return slots.FirstTaken(SlotNeed.Of(spec.Slots)) switch
        {
            { } slot when slot.StartsWith("camera", StringComparison.Ordinal) => "camera",
            { } slot when slot.StartsWith(Slots.Exclusive, StringComparison.Ordinal) => slot,
            _ => "slot",
        };
    }
}
