using System.Globalization;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Tests.Sky;

public sealed class SunTests
{
    [Test]
    public void Its_position_is_that_of_Meeus_example_25a()
    {
        var sun = Sun.Position(new DateTimeOffset(1992, 10, 13, 0, 0, 0, TimeSpan.Zero));

        Assert.That(sun.RaDeg, Is.EqualTo(198.38083).Within(0.001), "13h 13m 31.4s");
        Assert.That(sun.DecDeg, Is.EqualTo(-7.78507).Within(0.001));
    }

    // PyEphem 4.1.4 (VSOP87), without refraction.
    [TestCase("2026-11-21T22:00", 51.4769, 0, -52.3753)]
    [TestCase("2026-11-21T22:00", -33.87, 151.21, 39.4471)]
    [TestCase("2026-06-21T12:00", 69.65, 18.96, 42.4906)]
    [TestCase("2000-01-01T00:00", 51.4769, 0, -61.5893)]
    [TestCase("2050-03-20T06:30", 0, -78.5, -72.8586)]
    [TestCase("2050-03-20T06:30", -33.87, 151.21, 19.085)]
    public void Its_altitude_is_that_of_a_full_theory(string time, double latitude, double longitude, double altitude) =>
        Assert.That(Sun.AltitudeDeg(Utc(time), new GeoPlace(latitude, longitude)), Is.EqualTo(altitude).Within(0.012));

    // The same program's next_setting and next_rising with horizon −0:50, −6 and −18, of the middle. Almanacs give these times to the minute.
    [TestCase("2026-11-21T12:00", 51.4769, 0, Sun.RiseAltitudeDeg, "2026-11-21T16:03:21", "2026-11-22T07:29:30")]
    [TestCase("2026-11-21T12:00", 51.4769, 0, -18, "2026-11-21T18:02:00", "2026-11-22T05:30:29")]
    [TestCase("2026-12-21T17:00", 40.7128, -74.006, Sun.RiseAltitudeDeg, "2026-12-21T21:31:48", "2026-12-22T12:17:04")]
    [TestCase("2026-06-21T02:00", -33.87, 151.21, -6, "2026-06-21T07:21:32", "2026-06-21T20:32:27")]
    [TestCase("2026-03-20T17:00", -0.18, -78.47, -18, "2026-03-21T00:33:09", "2026-03-21T10:09:03")]
    [TestCase("2026-05-20T11:00", 59.91, 10.75, -6, "2026-05-20T21:08:14", "2026-05-21T01:18:20")]
    public void It_passes_an_altitude_when_almanacs_say(string after, double latitude, double longitude, double altitude, string down, string up)
    {
        var place = new GeoPlace(latitude, longitude);
        Assert.That(Sun.NextPassage(Utc(after), TimeSpan.FromDays(1), place, altitude, rises: false)!.Value, Is.EqualTo(Utc(down)).Within(TimeSpan.FromSeconds(12)));
        Assert.That(Sun.NextPassage(Utc(after), TimeSpan.FromDays(1), place, altitude, rises: true)!.Value, Is.EqualTo(Utc(up)).Within(TimeSpan.FromSeconds(12)));
    }

    [Test]
    public void It_does_not_pass_what_it_does_not_reach() =>
        Assert.That(Sun.NextPassage(Utc("2026-05-20T11:00"), TimeSpan.FromHours(25), new GeoPlace(59.91, 10.75), -12, rises: false), Is.Null, "Oslo in May");

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
