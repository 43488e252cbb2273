using AstroJobs.Jobs.Executors;
using AstroJobs.Jobs.Faults;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// Ends a job in whatever state it is and leaves no process behind. Request file → SIGINT → SIGTERM → SIGKILL to the whole session and
/// to all that carry the job's mark; the kind's grace lies between the steps.
/// </summary>
internal sealed class Canceller(Recovery recovery, Queue queue, LocalExecutor executor, TimeProvider time)
{
    /// <summary>What a worker needs to hear SIGTERM after it did not heed SIGINT, and the kernel to clean up after SIGKILL.</summary>
    private static readonly TimeSpan LastGrace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(5);

    /// <returns>The terminal status; not always <c>cancelled</c>: the job may have ended first.</returns>
    public async Task<JobStatus> CancelAsync(JobFolder folder, CancellationToken cancellation)
    {
        for (var status = recovery.Look(folder); ; status = folder.ReadStatus())
        {
            var ended = await EndAttemptAsync(folder, status, cancellation).ConfigureAwait(false);
            if (!ended.IsFinal || !IsTriedByItself(folder, ended))
                return ended;
        }
    }

    private async Task<JobStatus> EndAttemptAsync(JobFolder folder, JobStatus status, CancellationToken cancellation)
    {
        var ended = status.IsFinal ? status : TryCancelUnclaimed(folder, status.Attempt) ?? await StopWorkerAsync(folder, status.Attempt, cancellation).ConfigureAwait(false);
        if (ended.IsFinal && ended.State != JobState.Done) // what a finished job left running was meant to run on
            Stragglers.Stop(ended, Signals.Terminate, Signals.Kill);
        return ended;
    }

    /// <summary>An attempt that failed just before it could be cancelled may have the next one in its place, made by the engine: that one is meant too.</summary>
    private static bool IsTriedByItself(JobFolder folder, JobStatus ended) =>
        ended.State == JobState.Error && folder.ReadStatus() is { IsFinal: false, LastError: not null } next && next.Attempt > ended.Attempt;

    private async Task<JobStatus> StopWorkerAsync(JobFolder folder, int attempt, CancellationToken cancellation)
    {
        AtomicFile.WriteBytes(folder.CancelRequest(attempt), [], durable: false); // before the pid is read: a starting worker looks for it after writing its pid
        FailPoints.Pass(FailPoint.CancelRequested);
        foreach (var (signal, patience) in ((int, TimeSpan)[])[(Signals.Interrupt, GraceOf(folder)), (Signals.Terminate, LastGrace)])
        {
            SignalWorker(folder.ReadStatus(), attempt, signal);
            FailPoints.Pass(FailPoint.CancelSignalled);
            if (await EndAsync(folder, attempt, patience, cancellation).ConfigureAwait(false) is { } ended)
                return ended;
        }
        KillAll(folder.ReadStatus(), attempt);
        FailPoints.Pass(FailPoint.CancelKilled);
        return await EndAsync(folder, attempt, LastGrace, cancellation).ConfigureAwait(false) ?? folder.ReadStatus();
    }

    /// <summary>A damaged job.json must not make a job immortal.</summary>
    private static TimeSpan GraceOf(JobFolder folder)
    {
        try
        {
            return folder.ReadSpec().CancelGrace;
        }
        catch (JobException error) when (error.Code == ErrorCode.Corrupt)
        {
            return DefaultGrace;
        }
    }

    /// <summary>A job that nobody works on is cancelled by whoever holds its lock: us. An attempt that was over first is left as it ended, and so is the next one.</summary>
    private JobStatus? TryCancelUnclaimed(JobFolder folder, int attempt)
    {
        using var claim = FolderLock.TryAcquire(folder.Lock);
        if (claim is null)
            return null;
        var status = folder.ReadStatus();
        if (status.Attempt != attempt)
            return folder.Archive(attempt).TryReadStatus();
        if (status.IsFinal)
            return status;
        FailPoints.Pass(FailPoint.CancelClaimed);
        // A worker that was about to try again by itself has recorded how its attempt ended before it died: that stands.
        var ended = folder.Archive(attempt).TryReadStatus() ?? Transitions.Cancel(status, time.GetUtcNow());
        folder.WriteStatus(ended, durable: true);
        FailPoints.Pass(FailPoint.CancelRecorded);
        queue.Remove(folder, status.NotBefore);
        executor.Notify(folder, ended);
        return ended;
    }

    private static void SignalWorker(JobStatus status, int attempt, int signal)
    {
        if (status.Attempt != attempt || status.Worker is not { } worker || worker.BootId != HostIdentity.BootId)
            return;
        Signals.Send(worker.Pid, worker.StartTicks, signal);
        Signals.Send(worker.Pid, worker.StartTicks, Signals.Continue);
    }

    private static void KillAll(JobStatus status, int attempt)
    {
        if (status.Attempt == attempt)
            MarkedProcesses.Signal(MarkedProcesses.OfAttempt(status).Alive(), Signals.Kill);
    }

    /// <summary>
    /// The terminal status once nobody holds the job; null when somebody still does. A dispatcher may hold it for a moment only and then leave
    /// it queued: so it is taken, not only looked at.
    /// </summary>
    private async Task<JobStatus?> EndAsync(JobFolder folder, int attempt, TimeSpan patience, CancellationToken cancellation)
    {
        var pause = TimeSpan.FromMilliseconds(2);
        for (var started = time.GetTimestamp(); ; pause = TimeSpan.FromMilliseconds(Math.Min(50, pause.TotalMilliseconds * 2)))
        {
            if (!folder.IsLocked && TryCancelUnclaimed(folder, attempt) is { } ended)
                return ended;
            if (folder.Archive(attempt).TryReadStatus() is { } over && folder.ReadStatus().Attempt != attempt)
                return over;
            if (time.GetElapsedTime(started) >= patience)
                return null;
            await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
        }
    }
}
