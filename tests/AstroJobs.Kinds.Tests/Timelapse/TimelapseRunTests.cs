using AstroJobs.Jobs;
using AstroJobs.Kinds.Timelapse;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Timelapse;

public sealed class TimelapseRunTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task Shots_start_on_whole_intervals_after_the_first_however_long_each_takes()
    {
        using var night = Night(time => new(time) { Lasts = static shot => TimeSpan.FromMilliseconds(137 * (shot % 30)) });

        await night.RunAsync(TimelapseNight.Every(300, 200));

        Assert.That(night.Camera.Asked.Select(asked => asked.At - night.Start), Is.EqualTo(Enumerable.Range(0, 200).Select(static index => TimeSpan.FromMinutes(5 * index))));
        Assert.That(night.Result().GetProperty("taken").GetInt32(), Is.EqualTo(200));
        Assert.That(night.Result().GetProperty("files").GetArrayLength(), Is.EqualTo(200));
    }

    [Test]
    public async Task A_shot_is_recorded_with_its_times_file_and_status()
    {
        using var night = Night(time => new(time) { Lasts = static _ => 2 * Second });

        await night.RunAsync(TimelapseNight.Every(60, 2));

        var shot = night.Shot(2);
        Assert.Multiple(() =>
        {
            Assert.That(shot.GetProperty("scheduled").GetString(), Is.EqualTo("2026-11-21T22:01:00.000Z"));
            Assert.That(shot.GetProperty("started").GetString(), Is.EqualTo("2026-11-21T22:01:00.000Z"));
            Assert.That(shot.GetProperty("finished").GetString(), Is.EqualTo("2026-11-21T22:01:02.000Z"));
            Assert.That(shot.GetProperty("status").GetString(), Is.EqualTo("taken"));
            Assert.That(shot.GetProperty("files")[0].GetString(), Is.EqualTo("shot-0002.fits"));
            Assert.That(night.Reports[^1], Is.EqualTo(new JobProgress(2, 2, "wait", "Shot 2/2 taken shot-0002.fits")));
        });
    }

    [Test]
    public async Task What_takes_longer_than_the_interval_misses_shots_and_keeps_the_phase()
    {
        using var night = Night(time => new(time) { Lasts = static shot => shot == 2 ? 27 * Second : Second });

        await night.RunAsync(TimelapseNight.Every(10, 8) with { Grace = 2 * Second });

        Assert.That(night.Story(), Is.EqualTo("ttbbtttt"), "shot 2 runs from 10 to 37: 20 and 30 are missed, 40 is not");
        Assert.That(night.Camera.Asked[2].At - night.Start, Is.EqualTo(40 * Second));
    }

    [Test]
    public async Task A_shot_within_its_grace_is_taken_late_and_the_next_on_time()
    {
        using var night = Night(time => new(time) { Lasts = static shot => shot == 1 ? 12 * Second : Second });

        await night.RunAsync(TimelapseNight.Every(10, 3) with { Grace = 4 * Second });

        Assert.That(night.Story(), Is.EqualTo("ttt"));
        Assert.That(night.Camera.Asked.Select(asked => (asked.At - night.Start).TotalSeconds), Is.EqualTo(new[] { 0.0, 12, 20 }));
    }

    [Test]
    public async Task A_shot_that_fails_once_is_taken_again_and_one_that_fails_twice_is_recorded_and_the_series_goes_on()
    {
        var failures = new Dictionary<int, int> { [2] = 1, [3] = 2 };
        using var night = Night(time => new(time) { Before = shot => FailWhile(failures, shot, ErrorCode.IoError) });

        await night.RunAsync(TimelapseNight.Every(10, 4));

        Assert.That(night.Story(), Is.EqualTo("ttft"));
        Assert.That(night.Camera.Asked.Select(static asked => asked.Shot), Is.EqualTo(new[] { 1, 2, 2, 3, 3, 4 }));
        Assert.That(night.Shot(3).GetProperty("error").GetProperty("message").GetString(), Is.EqualTo("The mirror is stuck."));
    }

    [Test]
    public async Task A_camera_that_goes_away_and_comes_back_is_opened_anew()
    {
        var failures = new Dictionary<int, int> { [2] = 2, [3] = 2 };
        using var night = Night(time => new(time) { Before = shot => FailWhile(failures, shot, ErrorCode.CameraNotFound) });

        await night.RunAsync(TimelapseNight.Every(10, 4));

        Assert.That(night.Story(), Is.EqualTo("tfft"));
        Assert.That(night.Camera.Opened, Is.EqualTo(5), "once, and after each failure");
    }

    [Test]
    public void When_no_shot_comes_the_series_fails_with_the_last_reason()
    {
        using var night = Night(time => new(time) { Before = static _ => throw new JobException(ErrorCode.CameraNotFound, "It is gone.") });

        Assert.That(() => night.RunAsync(TimelapseNight.Every(10, 3)), Throws.TypeOf<JobException>().With.Message.Contains("It is gone.").And.Property(nameof(JobException.Code)).EqualTo(ErrorCode.CameraNotFound));
    }

    [Test]
    public async Task A_clock_set_forward_by_an_hour_misses_the_shots_of_that_hour_and_takes_no_burst_of_late_ones()
    {
        using var night = new TimelapseNight();
        night.Time.At(TimeSpan.FromMinutes(62), () => night.Time.Set(TimeSpan.FromHours(1)));

        await night.RunAsync(TimelapseNight.Every(300, 36));

        // Taken at 0 … 60 minutes; at 62 the clock shows 122: 65 … 120 have passed.
        Assert.That(night.Story(), Is.EqualTo(new string('t', 13) + new string('c', 12) + new string('t', 11)));
        Assert.That(night.Camera.Asked.Zip(night.Camera.Asked.Skip(1), static (first, second) => second.At - first.At), Has.All.GreaterThanOrEqualTo(TimeSpan.FromMinutes(5)));
        Assert.That(night.Camera.Asked[13].At - night.Start, Is.EqualTo(TimeSpan.FromMinutes(125)));
    }

    [Test]
    public async Task A_clock_set_back_takes_no_shot_twice_and_the_next_at_its_time()
    {
        using var night = new TimelapseNight();
        night.Time.At(TimeSpan.FromMinutes(12), () => night.Time.Set(TimeSpan.FromMinutes(-10)));

        await night.RunAsync(TimelapseNight.Every(300, 5));

        Assert.That(night.Story(), Is.EqualTo("ttttt"));
        Assert.That(night.Camera.Asked.Select(static asked => asked.Shot), Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
        Assert.That(night.Camera.Asked.Select(asked => (asked.At - night.Start).TotalMinutes), Is.EqualTo(new[] { 0.0, 5, 10, 15, 20 }));
    }

    [Test]
    public async Task A_pause_misses_what_is_due_meanwhile_and_is_told()
    {
        using var night = new TimelapseNight();
        night.Time.At(25 * Second, () => night.Paused = true);
        night.Time.At(47 * Second, () => night.Paused = false);

        await night.RunAsync(TimelapseNight.Every(10, 7));

        Assert.That(night.Story(), Is.EqualTo("tttpptt"));
        Assert.That(night.Reports.Select(static report => (report.Phase, report.Message)), Has.Some.EqualTo(("paused", "Paused before shot 4/7; shots that are due meanwhile are missed"))
            .And.Some.EqualTo(("paused", "Shot 4/7 missed (paused)"))
            .And.Some.EqualTo(("wait", "Goes on; next shot 6/7 at 2026-11-21T22:00:50.000Z")));
    }

    [Test]
    public async Task The_camera_is_let_go_over_a_long_wait_and_made_ready_before_the_next_shot()
    {
        using var night = new TimelapseNight();
        var parameters = new TimelapseParameters
        {
            Mode = TimelapseMode.At,
            At = [At(night, 40), At(night, 60), At(night, 3600), At(night, 3620)],
            Warmup = 30 * Second,
            StandbyAfter = 300 * Second,
            OnWarmup = ["/bin/on"],
            OnStandby = ["/bin/off"],
        };

        await night.RunAsync(parameters);

        Assert.That(night.Story(), Is.EqualTo("tttt"));
        Assert.That(
            night.Programs.Select(ran => (ran.Program, (ran.At - night.Start).TotalSeconds)),
            Is.EqualTo(new[] { ("/bin/on", 10.0), ("/bin/off", 60), ("/bin/on", 3570), ("/bin/off", 3620) }));
        Assert.That(night.Camera.Opened, Is.EqualTo(2));
        Assert.That(night.Camera.IsOpen, Is.False);
    }

    [Test]
    public async Task An_interval_begins_after_the_warm_up()
    {
        using var night = new TimelapseNight();
        await night.RunAsync(TimelapseNight.Every(60, 2) with { Warmup = 20 * Second, OnWarmup = ["/bin/on"] });
        Assert.That(night.Programs, Is.EqualTo(new[] { ("/bin/on", night.Start) }));
        Assert.That(night.Camera.Asked.Select(asked => (asked.At - night.Start).TotalSeconds), Is.EqualTo(new[] { 20.0, 80 }));
    }

    [Test]
    public void Where_too_little_would_stay_free_it_ends_as_disk_full_and_says_so_before_the_shot()
    {
        using var night = new TimelapseNight();
        Assert.That(
            () => night.RunAsync(TimelapseNight.Every(10, 3) with { StopWhenFreeBelow = long.MaxValue / 2 }),
            Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.DiskFull));
        Assert.That(night.Camera.Asked, Is.Empty);
    }

    [Test]
    public void A_cancel_keeps_the_shots_so_far()
    {
        using var cancel = new CancellationTokenSource();
        using var night = new TimelapseNight();
        night.Time.At(25 * Second, cancel.Cancel);

        Assert.That(() => night.RunAsync(TimelapseNight.Every(10, 9), cancel.Token), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(night.Story(), Is.EqualTo("ttt"));
        Assert.That(night.Result().GetProperty("planned").GetInt32(), Is.EqualTo(9));
    }

    private static DateTimeOffset At(TimelapseNight night, double seconds) => night.Start.AddSeconds(seconds);

    private static TimelapseNight Night(Func<LeapingTime, ScriptedCamera> camera) => new(camera);

    private static void FailWhile(Dictionary<int, int> failures, int shot, string code)
    {
        if (failures.GetValueOrDefault(shot) is var left && left == 0)
            return;
        failures[shot] = left - 1;
        throw new JobException(code, "The mirror is stuck.");
    }
}
