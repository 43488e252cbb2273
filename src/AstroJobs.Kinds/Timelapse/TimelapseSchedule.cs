namespace AstroJobs.Kinds.Timelapse;

/// <summary>
/// When each shot is due, all of it known from the parameters and the time of the first one: nothing that happens on the way moves a later shot.
/// Whole milliseconds, as records have them.
/// </summary>
internal static class TimelapseSchedule
{
    public const int MostShots = 100_000;

    private static readonly TimeSpan LongestGrace = TimeSpan.FromMinutes(1);

    /// <param name="first">Interval: the time of the first shot. Window: shots that were due before this are none of the series; their phase is kept.</param>
    /// <returns>In order. At most one more than <see cref="MostShots"/>, which says that there are too many.</returns>
    public static IReadOnlyList<DateTimeOffset> Times(TimelapseParameters parameters, DateTimeOffset first) => parameters.Mode switch
    {
        TimelapseMode.At => parameters.At,
        TimelapseMode.Window => [.. parameters.Windows.SelectMany(window => Series(window.From, window.To, parameters.Every!.Value)).Where(time => time >= first && IsBefore(time, parameters.Until)).Take(parameters.Count ?? (MostShots + 1))],
        _ => [.. Series(first, parameters.Until ?? DateTimeOffset.MaxValue, parameters.Every!.Value).Take(parameters.Count ?? (MostShots + 1))],
    };

    /// <inheritdoc cref="TimelapseParameters.Grace"/>
    public static TimeSpan Grace(TimelapseParameters parameters) => parameters.Grace
        ?? (parameters.Every / 2 is { } half && half < LongestGrace ? half : LongestGrace);

    /// <summary>Up to the next whole millisecond.</summary>
    public static DateTimeOffset WholeMillisecond(DateTimeOffset time) =>
        time.UtcTicks % TimeSpan.TicksPerMillisecond is var rest && rest == 0 ? time : time.AddTicks(TimeSpan.TicksPerMillisecond - rest);

    /// <summary>Each from the first one, so that no rounding adds up.</summary>
    private static IEnumerable<DateTimeOffset> Series(DateTimeOffset first, DateTimeOffset end, TimeSpan every)
    {
        first = WholeMillisecond(first);
        for (var index = 0L; end - first > every * index; index++)
            yield return first + (every * index);
    }

    private static bool IsBefore(DateTimeOffset time, DateTimeOffset? until) => until is null || time < until;
}
