using AstroJobs.Jobs;
using AstroJobs.Kinds.Timelapse;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Timelapse;

public sealed class TimelapseKindTests : FolderFixture
{
    private static readonly TimelapseParameters Interval = TimelapseNight.Every(300, 10);

    private static readonly TimelapseParameters Window = new()
    {
        Mode = TimelapseMode.Window,
        Every = TimeSpan.FromHours(1),
        From = new WindowEdge { TimeOfDay = new TimeOnly(22, 0) },
        To = new WindowEdge { TimeOfDay = new TimeOnly(5, 0) },
    };

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case(Interval with { Every = null }, "--every");
        yield return Case(Interval with { Every = TimeSpan.Zero }, "interval");
        yield return Case(Interval with { Count = null }, "--until");
        yield return Case(Interval with { Count = 0 }, "count");
        yield return Case(Interval with { Until = DateTimeOffset.UtcNow.AddHours(-1) }, "no shot");
        yield return Case(Interval with { Every = TimeSpan.FromMilliseconds(100), Count = null, Until = DateTimeOffset.UtcNow.AddDays(20) }, "more than 100000");
        yield return Case(Interval with { Nights = 2 }, "--nights");
        yield return Case(Interval with { From = Window.From }, "window");
        yield return Case(Interval with { At = [DateTimeOffset.UtcNow.AddHours(1)] }, "--at");
        yield return Case(new() { Mode = TimelapseMode.At }, "at least one");
        yield return Case(new() { Mode = TimelapseMode.At, At = [DateTimeOffset.UtcNow.AddHours(-1)] }, "past");
        yield return Case(new() { Mode = TimelapseMode.At, At = [DateTimeOffset.UtcNow.AddHours(1)], Count = 3 }, "--count");
        yield return Case(Window with { To = null }, "--to");
        yield return Case(Window with { From = WindowEdge.Horizon(rises: false) }, "--lat");
        yield return Case(Window with { From = WindowEdge.Horizon(rises: false), LatitudeDeg = 91, LongitudeDeg = 0 }, "--lat");
        yield return Case(Window with { From = new WindowEdge { SunAltitudeDeg = -89 }, LatitudeDeg = 50, LongitudeDeg = 0 }, "does not get to");
        yield return Case(Window with { Nights = 0 }, "nights");
        yield return Case(Interval with { Grace = TimeSpan.Zero }, "grace");
        yield return Case(Interval with { Warmup = TimeSpan.FromHours(2) }, "warm-up");
        yield return Case(Interval with { Warmup = TimeSpan.FromMinutes(1), StandbyAfter = TimeSpan.FromMinutes(1) }, "standby");
        yield return Case(Interval with { Exposure = TimeSpan.FromHours(2) }, "exposure");
        yield return Case(Interval with { Prefix = "../x" }, "File names");
        yield return Case(Interval with { Format = "bmp" }, "format");

        static TestCaseData Case(TimelapseParameters parameters, string message) => new TestCaseData(parameters, message).SetArgDisplayNames(message);
    }

    [TestCaseSource(nameof(Refused))]
    public void What_makes_no_series_is_refused_at_submit(TimelapseParameters parameters, string message) =>
        Assert.That(() => Prepare(parameters), Throws.TypeOf<JobException>().With.Message.Contains(message).And.Property(nameof(JobException.Code)).EqualTo(ErrorCode.BadInput));

    [Test]
    public void A_camera_or_a_program_that_is_not_there_is_told_at_submit()
    {
        Assert.That(() => Prepare(Interval with { Camera = "nikon" }), Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.CameraNotFound));
        Assert.That(() => Prepare(Interval with { OnWarmup = ["no-such-program"] }), Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.ToolMissing));
        Assert.That(Prepare(Interval with { OnStandby = ["true", "x"] }).OnStandby, Is.EqualTo(new[] { "/usr/bin/true", "x" }).Or.EqualTo(new[] { "/bin/true", "x" }));
    }

    [TestCase(300.0, null, 60.0)]
    [TestCase(20.0, null, 10.0)]
    [TestCase(20.0, 7.0, 7.0)]
    public void The_grace_is_half_an_interval_and_at_most_a_minute(double every, double? grace, double expected)
    {
        var parameters = TimelapseNight.Every(every, 2) with { Grace = grace is { } seconds ? TimeSpan.FromSeconds(seconds) : null };
        Assert.That(Prepare(parameters).Grace, Is.EqualTo(TimeSpan.FromSeconds(expected)));
    }

    [Test]
    public void Single_times_are_put_in_order_and_taken_once()
    {
        var now = DateTimeOffset.UtcNow;
        var at = Prepare(new() { Mode = TimelapseMode.At, At = [now.AddHours(2), now.AddHours(1), now.AddHours(2)] }).At;
        Assert.That(at, Has.Count.EqualTo(2).And.Ordered);
    }

    [Test]
    public void The_shots_of_a_window_are_counted_from_its_beginning_and_none_is_at_its_end()
    {
        var now = new LeapingTime().GetUtcNow(); // 22:00 UTC, 23:00 there: the window opened an hour ago
        var planned = TimelapsePlan.Prepare(Window, now.AddMinutes(20), new LeapingTime().LocalTimeZone);

        var times = TimelapseSchedule.Times(planned, now.AddMinutes(20));

        Assert.That(times, Is.EqualTo(Enumerable.Range(1, 5).Select(hour => now.AddHours(hour))), "23:00 to 03:00 UTC; it closes at 04:00 UTC");
    }

    [Test]
    public void A_series_with_an_end_has_no_shot_at_it()
    {
        var first = new LeapingTime().GetUtcNow();
        var parameters = new TimelapseParameters { Every = TimeSpan.FromMinutes(30), Until = first.AddHours(2) };
        Assert.That(TimelapseSchedule.Times(parameters, first), Has.Count.EqualTo(4));
        Assert.That(TimelapseSchedule.Times(parameters with { Count = 3 }, first), Has.Count.EqualTo(3));
    }

    [Test]
    public void An_interval_that_is_no_whole_millisecond_does_not_drift()
    {
        var first = new LeapingTime().GetUtcNow();
        var every = TimeSpan.FromSeconds(1.0 / 3);
        var times = TimelapseSchedule.Times(new TimelapseParameters { Every = every, Count = 9000 }, first);
        Assert.That(times[^1] - first, Is.EqualTo(every * 8999));
    }

    private TimelapseParameters Prepare(TimelapseParameters parameters) => new TimelapseKind().Prepare(parameters, new CallerContext(Folder.Path));
}
