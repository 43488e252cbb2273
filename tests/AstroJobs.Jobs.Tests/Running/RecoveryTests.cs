using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class RecoveryTests
{
    private TempFolder _temp = null!;
    private ManualTime _time = null!;
    private JobStore _store = null!;
    private Queue _queue = null!;
    private Recovery _recovery = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new ManualTime();
        _store = new JobStore((_temp = new TempFolder()).Path);
        _queue = new Queue(_store);
        _recovery = MadeJobs.Recovery(_store, _time);
    }

    [TearDown]
    public void TearDown() => _temp.Dispose();

    [TestCase(1)]
    [TestCase(-1)]
    public void A_clock_that_jumps_by_a_day_declares_nothing_dead(int days)
    {
        var folder = MadeJobs.Add(_store, JobState.Processing);
        using var worker = FolderLock.TryAcquire(folder.Lock);
        _time.Advance(TimeSpan.FromDays(days));
        Assert.That(_recovery.Look(folder).State, Is.EqualTo(JobState.Processing));
        Assert.That(folder.ReadStatus().State, Is.EqualTo(JobState.Processing));
    }

    [Test]
    public void A_timed_job_says_until_when_it_waits_and_gets_its_place_back()
    {
        var start = _time.GetUtcNow().AddHours(1);
        var folder = MadeJobs.Add(_store, spec: MadeJobs.Spec() with { StartAt = start });
        Assert.That(_recovery.Look(folder).WaitingFor, Is.EqualTo("until:2026-11-21T23:00:00.000Z"));
        Assert.That(_queue.Later.Earliest(), Is.EqualTo(start), "its place was lost in a power cut");
        Assert.That(_queue.HasLines, Is.False);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.That(_recovery.Look(folder).WaitingFor, Is.EqualTo("slot"), "it is due, and only waits for somebody to dispatch");
    }
}
