using AstroJobs.Jobs.Executors;
using AstroJobs.Jobs.Store;
using AstroJobs.Jobs.Watching;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// The one process of a store that sleeps until the next timed job is due and dispatches then, since nobody may call at that time. Whoever
/// leaves timed jobs behind starts it where none runs; it ends when nothing timed is left. Killed, it is missed by the next call of any verb.
/// </summary>
internal sealed class Alarm(JobStore store, Queue queue, LocalExecutor executor, TimeProvider time)
{
    /// <summary>The clock may be set, and a machine may have slept: it is looked at again and again.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    /// <summary>Where the kernel does not tell of new timed jobs, and after a dispatch that could not be made.</summary>
    private static readonly TimeSpan ShortSleep = TimeSpan.FromSeconds(1);

    private string Lock => Path.Combine(store.Engine, "alarm");

    /// <summary>Starts the process where it is wanted and none runs. The lock passes to it without a gap.</summary>
    public void Ensure()
    {
        if (queue.Later.IsEmpty)
            return;
        using var held = FolderLock.TryAcquire(Lock);
        if (held is not null)
            executor.StartAlarm(held);
    }

    /// <summary>The process itself: returns when nothing timed is left.</summary>
    public void Run(FolderLock held, Action dispatch)
    {
        while (true)
        {
            using (held)
                RingUntilDone(dispatch);
            // Whoever added a timed job before the lock was free relied on us.
            if (queue.Later.IsEmpty || FolderLock.TryAcquire(Lock) is not { } again)
                return;
            held = again;
        }
    }

    /// <summary>How long to sleep now.</summary>
    internal static TimeSpan SleepBefore(DateTimeOffset earliest, DateTimeOffset now, bool hearsChanges)
    {
        var left = earliest - now;
        var longest = hearsChanges ? LongestSleep : ShortSleep;
        return left <= TimeSpan.Zero ? ShortSleep : left < longest ? left : longest;
    }

    private void RingUntilDone(Action dispatch)
    {
        if (queue.Later.IsEmpty)
            return;
        using var watch = new JobWatch([queue.Later.Folder]);
        while (queue.Later.Earliest() is { } earliest)
        {
            var now = time.GetUtcNow();
            if (earliest <= now)
                dispatch();
            if (queue.Later.Earliest() is { } next)
                watch.Wait(SleepBefore(next, now, watch.HearsChanges), CancellationToken.None);
        }
    }
}
