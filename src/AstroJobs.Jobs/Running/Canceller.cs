using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// Ends a job in whatever state it is and leaves no process behind. Request file → SIGINT → SIGTERM → SIGKILL to the whole session and
/// to all that carry the job's mark; the kind's grace lies between the steps.
/// </summary>
internal sealed class Canceller(Recovery recovery, Queue queue, TimeProvider time)
{
    /// <summary>What a worker needs to hear SIGTERM after it did not heed SIGINT, and the kernel to clean up after SIGKILL.</summary>
    private static readonly TimeSpan LastGrace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(5);

    /// <returns>The terminal status; not always <c>cancelled</c>: the job may have ended first.</returns>
    public async Task<JobStatus> CancelAsync(JobFolder folder, CancellationToken cancellation)
    {
        var status = recovery.Look(folder);
        var ended = status.IsFinal ? status : TryCancelUnclaimed(folder) ?? await StopWorkerAsync(folder, cancellation).ConfigureAwait(false);
        if (ended.State != JobState.Done) // what a finished job left running was meant to run on
            Stragglers.Stop(folder, ended.Worker, Signals.Terminate, Signals.Kill);
        return ended;
    }

    private async Task<JobStatus> StopWorkerAsync(JobFolder folder, CancellationToken cancellation)
    {
        AtomicFile.WriteBytes(folder.CancelRequest, [], durable: false); // before the pid is read: a starting worker looks for it after writing its pid
        foreach (var (signal, patience) in ((int, TimeSpan)[])[(Signals.Interrupt, GraceOf(folder)), (Signals.Terminate, LastGrace)])
        {
            SignalWorker(folder.ReadStatus(), signal);
            if (await EndAsync(folder, patience, cancellation).ConfigureAwait(false) is { } ended)
                return ended;
        }
        KillAll(folder);
        return await EndAsync(folder, LastGrace, cancellation).ConfigureAwait(false) ?? folder.ReadStatus();
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

    /// <summary>A job that nobody works on is cancelled by whoever holds its lock: us.</summary>
    private JobStatus? TryCancelUnclaimed(JobFolder folder)
    {
        using var claim = FolderLock.TryAcquire(folder.Lock);
        if (claim is null)
            return null;
        var status = folder.ReadStatus();
        if (status.IsFinal)
            return status;
        var cancelled = Transitions.Cancel(status, time.GetUtcNow());
        folder.WriteStatus(cancelled, durable: true);
        queue.Remove(folder, status.NotBefore);
        return cancelled;
    }

    private static void SignalWorker(JobStatus status, int signal)
    {
        if (status.Worker is not { } worker || worker.BootId != HostIdentity.BootId)
            return;
        Signals.Send(worker.Pid, worker.StartTicks, signal);
        Signals.Send(worker.Pid, worker.StartTicks, Signals.Continue);
    }

    private static void KillAll(JobFolder folder)
    {
        var processes = MarkedProcesses.OfJob(folder.Id, folder.ReadStatus().Worker);
        MarkedProcesses.Signal(processes.Alive(), Signals.Kill);
    }

    /// <summary>
    /// The terminal status once nobody holds the job; null when somebody still does. A dispatcher may hold it for a moment only and then leave
    /// it queued: so it is taken, not only looked at.
    /// </summary>
    private async Task<JobStatus?> EndAsync(JobFolder folder, TimeSpan patience, CancellationToken cancellation)
    {
        var pause = TimeSpan.FromMilliseconds(2);
        for (var started = time.GetTimestamp(); ; pause = TimeSpan.FromMilliseconds(Math.Min(50, pause.TotalMilliseconds * 2)))
        {
            if (!folder.IsLocked && TryCancelUnclaimed(folder) is { } ended)
                return ended;
            if (time.GetElapsedTime(started) >= patience)
                return null;
            await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
        }
    }
}
