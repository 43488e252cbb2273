using AstroJobs.Kinds.Burst;

namespace AstroJobs.Kinds.Tests.Burst;

public sealed class BurstScheduleTests
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    [Test]
    public void Frames_start_at_whole_multiples_of_the_interval_after_the_first()
    {
        var schedule = new BurstSchedule(TenSeconds);

        Assert.That(Wait(schedule, 0), Is.Zero);
        Assert.That(Wait(schedule, 4), Is.EqualTo(6));
        Assert.That(Wait(schedule, 19.9), Is.EqualTo(0.1).Within(1e-9));
        Assert.That(schedule.Missed, Is.Zero);
    }

    [Test]
    public void A_start_that_has_just_passed_is_still_taken()
    {
        var schedule = new BurstSchedule(TenSeconds);
        Wait(schedule, 0);

        Assert.That(Wait(schedule, 10.9), Is.Zero);
        Assert.That(Wait(schedule, 16), Is.EqualTo(4)); // back in phase
        Assert.That(schedule.Missed, Is.Zero);
    }

    [Test]
    public void Starts_that_have_passed_are_missed_and_the_phase_is_kept()
    {
        var schedule = new BurstSchedule(TenSeconds);
        Wait(schedule, 0);

        Assert.That(Wait(schedule, 34), Is.EqualTo(6)); // 10, 20 and 30 went by
        Assert.That(schedule.Missed, Is.EqualTo(3));
        Assert.That(Wait(schedule, 45), Is.EqualTo(5));
        Assert.That(schedule.Missed, Is.EqualTo(3));
    }

    [Test]
    public void Without_an_interval_there_is_never_a_wait_nor_a_miss()
    {
        var schedule = new BurstSchedule(TimeSpan.Zero);
        for (var elapsed = 0.0; elapsed < 100; elapsed += 7.3)
            Assert.That(Wait(schedule, elapsed), Is.Zero);
        Assert.That(schedule.Missed, Is.Zero);
    }

    private static double Wait(BurstSchedule schedule, double elapsedSeconds) => schedule.Next(TimeSpan.FromSeconds(elapsedSeconds)).TotalSeconds;
}
