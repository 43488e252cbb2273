using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>The windows of the coming nights, computed once, at submit: a job keeps its times however the clock's zone or the place change.</summary>
/// <param name="from">What opens a window.</param>
/// <param name="to">What closes it: the first time that this happens after it was opened.</param>
/// <param name="zone">Of the times of day.</param>
internal sealed class NightWindows(WindowEdge from, WindowEdge to, GeoPlace place, TimeZoneInfo zone)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The Sun passes every altitude that it passes at all once a day, give or take the minutes by which its times move.</summary>
    private static readonly TimeSpan Search = TimeSpan.FromHours(25);

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The window that is open now and those after it. A night in which the Sun does not get to where the window opens counts, and has none:
    /// so there may be fewer than nights. Where the Sun stays below all day, a window is a whole day.
    /// </summary>
    public IReadOnlyList<TimelapseWindow> Find(DateTimeOffset now, int nights)
    {
        var windows = new List<TimelapseWindow>();
        var after = now - Day;
        for (var night = 0; night < nights;)
        {
            var window = Next(after);
            after = window is null ? after + Day : window.To - Moment;
            if (window is not null && window.To > now)
                windows.Add(window);
            if (after > now)
                night++;
        }
        return windows;
    }

    private TimelapseWindow? Next(DateTimeOffset after)
    {
        if (Next(from, after) is { } opens)
            return new TimelapseWindow(opens, Next(to, opens) ?? opens + Day);
        return IsDarkAllDay(after) ? new TimelapseWindow(after + Moment, after + Moment + Day) : null;
    }

    private DateTimeOffset? Next(WindowEdge edge, DateTimeOffset after)
    {
        if (edge.TimeOfDay is { } timeOfDay)
            return NextTimeOfDay(timeOfDay, after - edge.Offset) + edge.Offset;
        return Sun.NextPassage(after - edge.Offset, Search, place, edge.SunAltitudeDeg, edge.SunRises) + edge.Offset;
    }

    private DateTimeOffset NextTimeOfDay(TimeOnly timeOfDay, DateTimeOffset after)
    {
        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime); ; day = day.AddDays(1))
        {
            var local = day.ToDateTime(timeOfDay);
            if (new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime() is var next && next > after)
                return next;
        }
    }

    private bool IsDarkAllDay(DateTimeOffset after)
    {
        if (from.TimeOfDay is not null || from.SunRises)
            return false;
        for (var time = after; time < after + Day; time += TimeSpan.FromMinutes(10))
            if (Sun.AltitudeDeg(time, place) > from.SunAltitudeDeg)
                return false;
        return true;
    }
}
