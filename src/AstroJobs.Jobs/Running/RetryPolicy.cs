namespace AstroJobs.Jobs.Running;

/// <summary>When the engine tries a failed job again by itself: only where the reason can pass, and later each time.</summary>
internal static class RetryPolicy
{
    /// <summary>Where doubling ends: a night is short.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>Jobs that failed together, for example for want of one camera, must not come back together.</summary>
    private const double Jitter = 0.2;

    /// <summary>A wrong input stays wrong and a missing program missing; a lost worker, a full disk or a camera that sleeps need not.</summary>
    public static bool CanPass(string errorCode) => errorCode is
        ErrorCode.WorkerLost or ErrorCode.Interrupted or ErrorCode.IoError or ErrorCode.DiskFull or ErrorCode.Timeout or ErrorCode.ToolFailed
        or ErrorCode.CameraNotFound or ErrorCode.CameraBusy or ErrorCode.CameraFailed;

    /// <summary>The delay, doubled for each retry before this one up to an hour (or the delay itself, if that is longer), ± 20 %.</summary>
    /// <param name="retry">1 for the first.</param>
    /// <param name="chance">0 … 1, evenly distributed.</param>
    public static TimeSpan PauseBefore(int retry, TimeSpan delay, double chance)
    {
        var longest = Math.Max(delay.TotalSeconds, LongestPause.TotalSeconds);
        var seconds = Math.Min(delay.TotalSeconds * Math.Pow(2, retry - 1), longest);
        return TimeSpan.FromSeconds(seconds * (1 - Jitter + (2 * Jitter * chance)));
    }
}
