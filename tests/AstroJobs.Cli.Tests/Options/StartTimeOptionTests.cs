using System.Globalization;
using AstroJobs.Cli.Options;

namespace AstroJobs.Cli.Tests.Options;

public sealed class StartTimeOptionTests
{
    // Rules of Europe/Berlin since 1996, spelt out so that no time zone database is needed.
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.CreateCustomTimeZone("Berlin", TimeSpan.FromHours(1), "Berlin", "CET", "CEST",
        [TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, TimeSpan.FromHours(1), LastSundayOf(3, 2), LastSundayOf(10, 3))]);

    [TestCase("90s", "2026-11-21T20:01:30Z")]
    [TestCase("2h", "2026-11-21T22:00:00Z")]
    [TestCase("0", "2026-11-21T20:00:00Z")]
    [TestCase("22:00", "2026-11-21T21:00:00Z", Description = "tonight, in local time")]
    [TestCase("21:00", "2026-11-22T20:00:00Z", Description = "it is 21:00 now: tomorrow")]
    [TestCase("4:30", "2026-11-22T03:30:00Z")]
    [TestCase("2026-11-22T01:30", "2026-11-22T00:30:00Z")]
    [TestCase("2026-07-01 01:30", "2026-06-30T23:30:00Z", Description = "summer time")]
    [TestCase("2026-11-22T01:30Z", "2026-11-22T01:30:00Z")]
    [TestCase("2026-11-22T01:30:15.250+02:00", "2026-11-21T23:30:15.250Z")]
    [TestCase("2026-11-22", "2026-11-21T23:00:00Z")]
    [TestCase("2027-03-28T02:30", "2027-03-28T01:30:00Z", Description = "left out by the change: half an hour after it")]
    [TestCase("2026-10-25T02:30", "2026-10-25T01:30:00Z", Description = "the second of the two")]
    public void A_time_is_read_as_people_write_it(string text, string expected)
    {
        var now = new DateTimeOffset(2026, 11, 21, 20, 0, 0, TimeSpan.Zero);
        Assert.That(StartTimeOption.TryParse(text)!.After(now, Berlin), Is.EqualTo(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture)));
    }

    [TestCase("")]
    [TestCase("soon")]
    [TestCase("25:00")]
    [TestCase("2026-13-01")]
    [TestCase("-2h")]
    public void What_is_no_time_to_come_is_none(string text) => Assert.That(StartTimeOption.TryParse(text), Is.Null);

    private static TimeZoneInfo.TransitionTime LastSundayOf(int month, int hour) =>
        TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new DateTime(1, 1, 1, hour, 0, 0), month, 5, DayOfWeek.Sunday);
}
