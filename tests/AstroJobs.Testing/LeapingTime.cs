namespace AstroJobs.Testing;

/// <summary>
/// Time that nobody waits for: who asks for a timer is taken to its end at once, so that one flow of work goes through a whole night in milliseconds.
/// The clock on the wall can be set while the stopwatch runs on.
/// </summary>
public sealed class LeapingTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<(TimeSpan At, Action Act)> _acts = [];
    private TimeSpan _elapsed;
    private TimeSpan _set;

    public LeapingTime() : this(new DateTimeOffset(2026, 11, 21, 22, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Of a place without summer time, an hour east.</summary>
    public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(1), "test", "test");

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return start + _elapsed + _set;
    }

    public override long GetTimestamp()
    {
        lock (_gate)
            return _elapsed.Ticks;
    }

    /// <summary>Sets the clock forward, or back.</summary>
    public void Set(TimeSpan by)
    {
        lock (_gate)
            _set += by;
    }

    /// <summary>Lets time pass: an exposure, for example.</summary>
    public void Pass(TimeSpan by)
    {
        foreach (var act in Leap(by))
            act();
    }

    /// <summary>Does something as soon as so much time has passed since the start, by the stopwatch.</summary>
    public void At(TimeSpan elapsed, Action act)
    {
        lock (_gate)
            _acts.Add((elapsed, act));
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LeapedTimer();
        ThreadPool.QueueUserWorkItem(_ =>
        {
            if (timer.IsDisposed || dueTime < TimeSpan.Zero)
                return;
            Pass(dueTime);
            callback(state);
        });
        return timer;
    }

    private List<Action> Leap(TimeSpan by)
    {
        lock (_gate)
        {
            _elapsed += by;
            List<Action> due = [.. _acts.Where(act => act.At <= _elapsed).OrderBy(static act => act.At).Select(static act => act.Act)];
            _acts.RemoveAll(act => act.At <= _elapsed);
            return due;
        }
    }

    private sealed class LeapedTimer : ITimer
    {
        public bool IsDisposed { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => IsDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
