using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class RecoveryTests : StoreFixture
{
    private ManualTime _time = null!;
    private Queue _queue = null!;
    private Recovery _recovery = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new ManualTime();
        _queue = new Queue(Store);
        _recovery = MadeJobs.Recovery(Store, _time);
    }

    [TestCase(1)]
    [TestCase(-1)]
    public void A_clock_that_jumps_by_a_day_declares_nothing_dead(int days)
    {
        var folder = MadeJobs.Add(Store, JobState.Processing);
        using var worker = FolderLock.TryAcquire(folder.Lock);
        _time.Advance(TimeSpan.FromDays(days));
        Assert.That(_recovery.Look(folder).State, Is.EqualTo(JobState.Processing));
        Assert.That(folder.ReadStatus().State, Is.EqualTo(JobState.Processing));
    }

    [Test]
    public void A_timed_job_says_until_when_it_waits_and_gets_its_place_back()
    {
        var start = _time.GetUtcNow().AddHours(1);
        var folder = MadeJobs.Add(Store, spec: MadeJobs.Spec() with { StartAt = start });
        Assert.That(_recovery.Look(folder).WaitingFor, Is.EqualTo("until:2026-11-21T23:00:00.000Z"));
        Assert.That(_queue.Later.Earliest(), Is.EqualTo(start), "its place was lost in a power cut");
        Assert.That(_queue.HasLines, Is.False);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.That(_recovery.Look(folder).WaitingFor, Is.EqualTo("slot"), "it is due, and only waits for somebody to dispatch");
    }
}
