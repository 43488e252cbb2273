using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Watching;

/// <summary>Waits for jobs to end, woken by the kernel.</summary>
internal sealed class Waiter(Func<JobFolder, JobStatus> look, TimeProvider time)
{
    /// <summary>Only what inotify cannot see (another host's changes) waits this long.</summary>
    private static readonly TimeSpan RegularLook = TimeSpan.FromSeconds(1);

    /// <param name="seen">Told each status that was read, also of running jobs.</param>
    /// <returns>The last status of each job, in the order asked for; those that ran out of time are not final.</returns>
    public IReadOnlyList<JobStatus> Wait(IReadOnlyList<JobFolder> folders, TimeSpan? timeout, Action<JobStatus>? seen, CancellationToken cancellation)
    {
        using var watch = new JobWatch(folders);
        var started = time.GetTimestamp();
        var statuses = new JobStatus?[folders.Count];
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < folders.Count; i++)
            {
                if (statuses[i] is { IsFinal: true })
                    continue;
                statuses[i] = look(folders[i]);
                seen?.Invoke(statuses[i]!);
            }
            var left = timeout is { } limit ? limit - time.GetElapsedTime(started) : RegularLook;
            if (left <= TimeSpan.Zero || statuses.All(static status => status!.IsFinal))
                return statuses!;
            watch.Wait(left < RegularLook ? left : RegularLook, cancellation);
        }
    }
}
