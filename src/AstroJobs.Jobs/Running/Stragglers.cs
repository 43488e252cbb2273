namespace AstroJobs.Jobs.Running;

/// <summary>What the worker of an attempt started and left behind when it ended.</summary>
internal static class Stragglers
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>For how long a worker may still be about: it starts the next jobs when it has recorded how its own ended.</summary>
    private static readonly TimeSpan WorkerPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ToolPatience = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Sends the signals one after the other until nothing is left. Nothing is sent while the worker itself lives: then this folder is only a
    /// copy of the one it works in, and what it started is its own.
    /// </summary>
    /// <returns>Whether nothing of this attempt is left that would be ours to stop.</returns>
    public static bool Stop(JobStatus ended, params ReadOnlySpan<int> signals)
    {
        if (!IsLost(ended.Worker))
            return true;
        var processes = MarkedProcesses.OfAttempt(ended);
        foreach (var signal in signals)
            if (IsGone(processes, signal, ToolPatience))
                return true;
        return false;
    }

    /// <summary>Asks, gives them their time, and ends them: the same ladder that a cancel goes.</summary>
    public static void StopPatiently(JobStatus ended, TimeSpan grace)
    {
        if (!IsLost(ended.Worker))
            return;
        var processes = MarkedProcesses.OfAttempt(ended);
        if (IsGone(processes, Signals.Interrupt, grace) || IsGone(processes, Signals.Terminate, ToolPatience))
            return;
        IsTrueWithin(ToolPatience, () => IsGone(processes, Signals.Kill, TimeSpan.Zero)); // again and again: one may have started another behind our look
    }

    /// <summary>Called by the worker itself, for what it started and left running.</summary>
    public static void StopOwn(JobStatus ended)
    {
        var processes = MarkedProcesses.OfAttempt(ended);
        foreach (var signal in (ReadOnlySpan<int>)[Signals.Interrupt, Signals.Terminate, Signals.Kill])
            if (processes.Alive().Count == 0 || IsGone(processes, signal, ToolPatience))
                return;
    }

    public static bool AreLeft(JobStatus ended) => IsLost(ended.Worker) && MarkedProcesses.OfAttempt(ended).Alive().Count > 0;

    private static bool IsLost(WorkerIdentity? worker) => worker is not null && worker.BootId == HostIdentity.BootId && IsTrueWithin(WorkerPatience, () => HasEnded(worker));

    private static bool IsGone(MarkedProcesses processes, int signal, TimeSpan patience)
    {
        MarkedProcesses.Signal(processes.Alive(), signal);
        return IsTrueWithin(patience, () => processes.Alive().Count == 0);
    }

    public static bool HasEnded(WorkerIdentity worker) =>
        ProcessIdentity.TryRead(worker.Pid) is not { IsDead: false } process || process.StartTicks != worker.StartTicks;

    private static bool IsTrueWithin(TimeSpan patience, Func<bool> condition)
    {
        for (var deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds; !condition(); Thread.Sleep(Look))
            if (Environment.TickCount64 >= deadline)
                return false;
        return true;
    }
}
