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
    public static void Stop(JobStatus ended, params ReadOnlySpan<int> signals)
    {
        if (ended.Worker is not { } worker || worker.BootId != HostIdentity.BootId || !IsTrueWithin(WorkerPatience, () => HasEnded(worker)))
            return;
        var processes = MarkedProcesses.OfAttempt(ended);
        foreach (var signal in signals)
        {
            MarkedProcesses.Signal(processes.Alive(), signal);
            if (IsTrueWithin(ToolPatience, () => processes.Alive().Count == 0))
                return;
        }
    }

    private static bool HasEnded(WorkerIdentity worker) =>
        ProcessIdentity.TryRead(worker.Pid) is not { IsDead: false } process || process.StartTicks != worker.StartTicks;

    private static bool IsTrueWithin(TimeSpan patience, Func<bool> condition)
    {
        for (var deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds; !condition(); Thread.Sleep(Look))
            if (Environment.TickCount64 >= deadline)
                return false;
        return true;
    }
}
