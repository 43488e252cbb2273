using AstroJobs.Jobs;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>Checks what a caller said about times, and works out at submit what can be: windows become times, times stand in order.</summary>
internal static class TimelapsePlan
{
    private const int MostNights = 366;

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(31);

    /// <exception cref="JobException"><c>bad_input</c>.</exception>
    public static TimelapseParameters Prepare(TimelapseParameters parameters, DateTimeOffset now, TimeZoneInfo zone)
    {
        CheckMode(parameters);
        var planned = parameters.Mode switch
        {
            TimelapseMode.At => parameters with { At = [.. parameters.At.Select(TimelapseSchedule.WholeMillisecond).Order().Distinct()] },
            TimelapseMode.Window => parameters with { Windows = FindWindows(parameters, now, zone) },
            _ => parameters,
        };
        var times = TimelapseSchedule.Times(planned, TimelapseSchedule.WholeMillisecond(now + planned.Warmup));
        if (times.Count > TimelapseSchedule.MostShots)
            throw Wrong($"These are more than {TimelapseSchedule.MostShots} shots.", "Give a longer interval (--every), or an earlier end.");
        if (times.Count == 0 || times[0] < now)
            throw Wrong(times.Count == 0 ? $"There is no shot to take: the end comes before the first one." : (FormattableString)$"The first shot was due at {UtcTime.Text(times[0])}, which is past.", "Times without a zone are local; `date` tells what this machine thinks.");
        return planned;
    }

    private static void CheckMode(TimelapseParameters parameters)
    {
        var isAt = parameters.Mode == TimelapseMode.At;
        var isWindow = parameters.Mode == TimelapseMode.Window;
        if (isAt != parameters.At.Count > 0)
            throw Wrong($"Single times (--at) are the mode 'at', and it needs at least one.");
        if (isAt && (parameters.Every is not null || parameters.Count is not null || parameters.Until is not null))
            throw Wrong($"Single times (--at) go with no --every, --count or --until.");
        if (isWindow != (parameters.From is not null || parameters.To is not null))
            throw Wrong($"A window (--from, --to, --sun-below) is the mode 'window'.");
        if (isWindow && (parameters.From is null || parameters.To is null))
            throw Wrong($"A window needs both what opens it (--from) and what closes it (--to), or --sun-below.");
        if (!isWindow && parameters.Nights != 1)
            throw Wrong($"--nights counts windows: say when they open and close (--from, --to, or --sun-below).");
        if (!isAt)
            CheckInterval(parameters);
    }

    private static void CheckInterval(TimelapseParameters parameters)
    {
        if (parameters.Every is not { } every)
            throw Wrong($"Say how far apart the shots are: --every 5m.");
        if (every < ShortestInterval || every > LongestInterval)
            throw Wrong($"The interval cannot be {every.TotalSeconds} s: it goes from {ShortestInterval.TotalSeconds} s to {LongestInterval.TotalDays} days.");
        if (parameters.Count is < 1 or > TimelapseSchedule.MostShots)
            throw Wrong($"The count cannot be {parameters.Count}: it goes from 1 to {TimelapseSchedule.MostShots} shots.");
        if (parameters.Mode == TimelapseMode.Interval && parameters is { Count: null, Until: null })
            throw Wrong($"Say when the series ends: --count N, or --until TIME.");
    }

    private static IReadOnlyList<TimelapseWindow> FindWindows(TimelapseParameters parameters, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (from, to) = (parameters.From!, parameters.To!);
        if (parameters.Nights is < 1 or > MostNights)
            throw Wrong($"There cannot be {parameters.Nights} nights: give 1 to {MostNights}.");
        var needsPlace = from.TimeOfDay is null || to.TimeOfDay is null;
        if (needsPlace && parameters is not { LatitudeDeg: >= -90 and <= 90, LongitudeDeg: >= -180 and <= 180 })
            throw Wrong($"Where the Sun opens or closes the window, say where: --lat DEG (−90 to 90, north positive) and --lon DEG (−180 to 180, east positive).");
        var place = new GeoPlace(parameters.LatitudeDeg ?? 0, parameters.LongitudeDeg ?? 0);
        var windows = new NightWindows(from, to, place, zone).Find(now, parameters.Nights);
        return windows.Count > 0
            ? [.. windows.Select(window => FromNowOn(window, now, parameters.Every!.Value)).Where(static window => window.From < window.To)]
            : throw Wrong($"The Sun does not get to {from.SunAltitudeDeg:0.#}° here within the next {parameters.Nights} night(s).", "Choose a higher altitude (--sun-below), a time of day (--from 23:00), or more --nights.");
    }

    /// <summary>A window that is open already: from its next shot on.</summary>
    private static TimelapseWindow FromNowOn(TimelapseWindow window, DateTimeOffset now, TimeSpan every)
    {
        var from = TimelapseSchedule.WholeMillisecond(window.From);
        return window with { From = from > now ? from : from + (every * Math.Floor(((now - from) / every) + 1)) };
    }

    private static JobException Wrong(FormattableString message, string? hint = null) => new(ErrorCode.BadInput, FormattableString.Invariant(message), hint);
}
