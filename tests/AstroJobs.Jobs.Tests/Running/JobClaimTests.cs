using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Tests.Running;

/// <summary>A worker that has recorded its end is waited for while it clears its scratch; one that works is not.</summary>
public sealed class JobClaimTests : StoreFixture
{
    [Test]
    public async Task A_worker_that_clears_up_after_its_job_is_waited_for()
    {
        var folder = MadeJobs.Add(Store, JobState.Done);
        var held = FolderLock.TryAcquire(folder.Lock)!;
        var release = Task.Delay(TimeSpan.FromSeconds(1.5)).ContinueWith(_ => held.Dispose(), TaskScheduler.Default);

        Assert.That(() => JobClaim.Take(folder).Dispose(), Throws.Nothing);
        await release;
    }

    [Test]
    public void A_worker_that_works_is_not()
    {
        var folder = MadeJobs.Add(Store, JobState.Processing);
        using var held = FolderLock.TryAcquire(folder.Lock);

        Assert.That(() => JobClaim.Take(folder), Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.JobRunning));
    }
}
