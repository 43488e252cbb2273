using System.Globalization;
using AstroJobs.Kinds.Sky;
using AstroJobs.Kinds.Timelapse;

namespace AstroJobs.Kinds.Tests.Timelapse;

public sealed class NightWindowsTests
{
    private static readonly GeoPlace Greenwich = new(51.4769, 0);
    private static readonly TimeZoneInfo EastByOne = TimeZoneInfo.CreateCustomTimeZone("e1", TimeSpan.FromHours(1), "e1", "e1");

    // Clocks go back at 03:00 on the last Sunday of October.
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Test]
    public void Times_of_day_are_local_and_the_end_is_on_the_next_day() => Assert.That(
        Times(At("22:00"), At("05:30"), "2026-11-21T12:00Z", nights: 2),
        Is.EqualTo(new[] { "11-21 21:00–11-22 04:30", "11-22 21:00–11-23 04:30" }));

    [Test]
    public void A_window_that_is_open_is_the_first_one() => Assert.That(
        Times(At("22:00"), At("05:30"), "2026-11-22T01:00Z", nights: 1), Is.EqualTo(new[] { "11-21 21:00–11-22 04:30" }));

    [Test]
    public void One_that_has_closed_is_none() => Assert.That(
        Times(At("22:00"), At("05:30"), "2026-11-22T04:30Z", nights: 1), Is.EqualTo(new[] { "11-22 21:00–11-23 04:30" }));

    [Test]
    public void A_day_may_be_a_window_too() => Assert.That(
        Times(At("08:00"), At("16:00"), "2026-11-21T05:00Z", nights: 1), Is.EqualTo(new[] { "11-21 07:00–11-21 15:00" }));

    [Test]
    public void The_same_time_twice_is_a_whole_day() => Assert.That(
        Times(At("12:00"), At("12:00"), "2026-11-21T09:00Z", nights: 2), Is.EqualTo(new[] { "11-20 11:00–11-21 11:00", "11-21 11:00–11-22 11:00" }));

    [Test]
    public void The_night_in_which_the_clocks_go_back_is_an_hour_longer() => Assert.That(
        Times(At("22:00"), At("05:00"), "2026-10-23T12:00Z", nights: 3, zone: Berlin),
        Is.EqualTo(new[] { "10-23 20:00–10-24 03:00", "10-24 20:00–10-25 04:00", "10-25 21:00–10-26 04:00" }));

    [Test]
    public void The_Sun_opens_and_closes_with_an_offset() => Assert.That(
        Times(WindowEdge.Horizon(rises: false, TimeSpan.FromMinutes(30)), WindowEdge.Horizon(rises: true, TimeSpan.FromHours(-1)), "2026-11-21T12:00Z", nights: 1),
        Is.EqualTo(new[] { "11-21 16:33–11-22 06:29" }), "sunset is at 16:03:21, sunrise at 07:29:30");

    [Test]
    public void A_time_of_day_may_close_what_the_Sun_opens() => Assert.That(
        Times(Sun(-18, rises: false), At("02:00"), "2026-11-21T12:00Z", nights: 1), Is.EqualTo(new[] { "11-21 18:02–11-22 01:00" }));

    [Test]
    public void A_night_without_darkness_counts_and_has_none()
    {
        var oslo = new GeoPlace(59.91, 10.75);
        Assert.That(Times(Sun(-12, rises: false), Sun(-12, rises: true), "2026-05-20T11:00Z", nights: 3, place: oslo), Is.Empty);
        // The last nights with nautical darkness there are at the beginning of May.
        Assert.That(Times(Sun(-12, rises: false), Sun(-12, rises: true), "2026-05-01T11:00Z", nights: 20, place: oslo), Has.Length.InRange(1, 12));
    }

    [Test]
    public void Where_the_Sun_stays_down_a_window_is_a_day_and_they_follow_one_another()
    {
        var windows = new NightWindows(Sun(-1, rises: false), Sun(-1, rises: true), new GeoPlace(78.2, 15.6), EastByOne).Find(Utc("2026-12-21T12:00Z"), nights: 2);
        Assert.That(windows[0].From, Is.LessThanOrEqualTo(Utc("2026-12-21T12:00Z")));
        Assert.That(windows[^1].To, Is.GreaterThan(Utc("2026-12-22T12:00Z")));
        Assert.That(windows.Zip(windows.Skip(1), static (first, second) => (second.From - first.To).Duration().TotalSeconds), Is.All.LessThan(2));
    }

    private static string[] Times(WindowEdge from, WindowEdge to, string now, int nights, TimeZoneInfo? zone = null, GeoPlace? place = null) =>
        [.. new NightWindows(from, to, place ?? Greenwich, zone ?? EastByOne).Find(Utc(now), nights).Select(static window => $"{Text(window.From)}–{Text(window.To)}")];

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static WindowEdge At(string timeOfDay) => new() { TimeOfDay = TimeOnly.Parse(timeOfDay, CultureInfo.InvariantCulture) };

    private static WindowEdge Sun(double altitude, bool rises) => new() { SunAltitudeDeg = altitude, SunRises = rises };

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
