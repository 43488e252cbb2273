using AstroJobs.Jobs.Store;
using AstroJobs.Jobs.Watching;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Watching;

public sealed class StoreWatchTests : StoreFixture
{
    private int _looks;

    [SetUp]
    public void SetUp()
    {
        _looks = 0;
    }

    [Test]
    public void A_job_that_has_ended_is_read_again_only_when_its_folder_has_changed()
    {
        var job = MadeJobs.Add(Store, JobState.Done);
        Directory.SetLastWriteTimeUtc(job.Path, DateTime.UtcNow.AddHours(-1));
        var watch = Watch(JobState.Queued);
        Assert.That(watch.Look(), Is.Empty);
        Assert.That(watch.Look(), Is.Empty);
        Assert.That(_looks, Is.EqualTo(1));
        job.WriteStatus(job.ReadStatus() with { State = JobState.Queued, Attempt = 2 }, durable: false);
        Assert.That(watch.Look().Single().Attempt, Is.EqualTo(2), "a retry");
    }

    [Test]
    public void A_job_that_ended_just_now_may_change_unseen_and_is_read_again()
    {
        MadeJobs.Add(Store, JobState.Error);
        var watch = Watch(JobState.Queued);
        watch.Look();
        watch.Look();
        Assert.That(_looks, Is.EqualTo(2));
    }

    [Test]
    public void A_job_that_ends_is_given_once_more()
    {
        var job = MadeJobs.Add(Store, JobState.Processing);
        var watch = Watch(JobState.Processing);
        Assert.That(watch.Look().Single().State, Is.EqualTo(JobState.Processing));
        job.WriteStatus(job.ReadStatus() with { State = JobState.Done }, durable: false);
        Assert.That(watch.Look().Single().State, Is.EqualTo(JobState.Done));
        Assert.That(watch.Look(), Is.Empty);
    }

    [Test]
    public void Ended_jobs_that_are_asked_for_are_given_every_time()
    {
        Directory.SetLastWriteTimeUtc(MadeJobs.Add(Store, JobState.Error).Path, DateTime.UtcNow.AddHours(-1));
        MadeJobs.Add(Store, JobState.Done);
        var watch = Watch(JobState.Error);
        for (var round = 0; round < 3; round++)
            Assert.That(watch.Look().Select(static job => job.State), Is.EqualTo((JobState[])[JobState.Error]));
    }

    private StoreWatch Watch(params IReadOnlyList<JobState> states) => new(Store, new JobFilter { States = states }, Look, TimeProvider.System);

    private JobStatus Look(JobId id)
    {
        _looks++;
        return Store.Open(id).ReadStatus();
    }
}
