namespace AstroJobs.Kinds.Burst;

/// <summary>
/// When frames start: at whole multiples of the interval after the first, so that the series keeps its phase however long a frame takes.
/// A start that has passed by more than a tenth of the interval is missed, and the next one is taken.
/// </summary>
internal sealed class BurstSchedule(TimeSpan interval)
{
    private const double Tolerance = 0.1;

    private long _slot;

    /// <summary>Starts that have passed unused.</summary>
    public int Missed { get; private set; }

    /// <summary>How long to wait for the next frame's start.</summary>
    /// <param name="elapsed">Since the start of the first frame.</param>
    public TimeSpan Next(TimeSpan elapsed)
    {
        if (interval == TimeSpan.Zero)
            return TimeSpan.Zero;
        var earliest = Math.Max(_slot, (long)Math.Ceiling((elapsed / interval) - Tolerance));
        Missed += (int)(earliest - _slot);
        _slot = earliest + 1;
        var wait = (interval * earliest) - elapsed;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
