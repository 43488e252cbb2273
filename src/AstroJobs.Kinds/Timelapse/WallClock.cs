namespace AstroJobs.Kinds.Timelapse;

/// <summary>
/// Waits for times of the clock on the wall, in short steps, so that a clock that is set (NTP, some time after the start of a Raspberry Pi) or a machine
/// that slept is noticed within one. A jump is what the wall shows and a stopwatch does not.
/// </summary>
internal sealed class WallClock(TimeProvider time)
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastJump = TimeSpan.FromSeconds(2); // NTP slews by half a millisecond a second at most

    private DateTimeOffset _wall = time.GetUtcNow();
    private long _watch = time.GetTimestamp();

    /// <summary>The last jump that was seen, from the time that it should have been to the time that it was.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? Jump { get; private set; }

    public DateTimeOffset Look()
    {
        var (now, watch) = (time.GetUtcNow(), time.GetTimestamp());
        var expected = _wall + time.GetElapsedTime(_watch, watch);
        if ((now - expected).Duration() > LeastJump)
            Jump = (expected, now);
        (_wall, _watch) = (now, watch);
        return now;
    }

    /// <param name="step">Called before each step, at least once a second, also where the time is past.</param>
    public async Task WaitUntilAsync(DateTimeOffset due, Action<DateTimeOffset> step, CancellationToken cancellation)
    {
        while (true)
        {
            var now = Look();
            step(now);
            if (now >= due)
                return;
            var rest = due - now < LongestStep ? due - now : LongestStep;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), time, cancellation).ConfigureAwait(false);
        }
    }
}
