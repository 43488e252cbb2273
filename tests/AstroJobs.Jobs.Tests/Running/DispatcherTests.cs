using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using AstroJobs.Jobs.Watching;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Running;

/// <summary>What a dispatch leaves as it is.</summary>
public sealed class DispatcherTests : StoreFixture
{
    private Queue _queue = null!;
    private JobEngine _engine = null!;

    [SetUp]
    public void SetUp()
    {
        _queue = new Queue(Store);
        _engine = new JobEngine(new AstroJobsEnvironment { JobsFolder = Folder.Path, Self = ["/nonexistent"], CallerFolder = "/", CpuSlots = 2 }, TimeProvider.System);
    }

    /// <summary>Who waits for a job is woken by its lock and dispatches: were it taken each time, he would never sleep.</summary>
    [Test]
    public void A_dispatch_does_not_wake_who_waits_for_a_job_that_cannot_start()
    {
        var running = MadeJobs.Add(Store, JobState.Processing);
        using var worker = FolderLock.TryAcquire(running.Lock);
        using var slot = new Slots(Store, 2).TryAcquire(["cpu"])![0];
        JobFolder[] waiting =
        [
            Queued(MadeJobs.Spec() with { After = [running.Id] }), Queued(MadeJobs.Spec() with { AfterAny = [running.Id] }), Queued(MadeJobs.Spec(null, 0, "cpu", "cpu")),
        ];
        using var watch = new JobWatch(waiting);
        _engine.Dispatch();
        Assert.That(watch.Wait(TimeSpan.Zero, CancellationToken.None), Is.False);
        Assert.That(waiting.Select(static folder => folder.ReadStatus().State), Has.All.EqualTo(JobState.Queued));
    }

    [Test]
    public void An_entry_of_a_job_that_is_gone_or_cannot_be_read_is_dropped()
    {
        Directory.Delete(Queued(MadeJobs.Spec()).Path, recursive: true);
        File.WriteAllText(Path.Combine(Queued(MadeJobs.Spec()).Path, "job.json"), "{");
        _engine.Dispatch();
        Assert.That(_queue.HasLines, Is.False);
    }

    private JobFolder Queued(JobSpec spec)
    {
        var folder = MadeJobs.Add(Store, spec: spec);
        _queue.Add(spec, null);
        return folder;
    }
}
