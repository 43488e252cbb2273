using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests;

/// <summary>Listing a large store. A job whose status is damaged shows in the list when its folder is opened, and so it tells how many were.</summary>
public sealed class JobListTests : FolderFixture
{
    private JobEngine _engine = null!;

    [SetUp]
    public void SetUp()
    {
        _engine = new JobEngine(new AstroJobsEnvironment { JobsFolder = Folder.Path, Self = ["/bin/false"], CallerFolder = Folder.Path }, TimeProvider.System);
    }

    [Test]
    public void A_limited_list_opens_no_more_folders_than_it_shows()
    {
        Add(200, damaged: true);
        Add(50, damaged: false);
        Assert.That(_engine.List(JobFilter.Everything).Take(50).Select(static job => job.Error), Has.Exactly(50).Null);
        Assert.That(_engine.List(JobFilter.Everything).Take(60).Count(static job => job.Error is not null), Is.EqualTo(10), "a job that cannot be read counts as one");
    }

    [Test]
    public void A_list_since_a_time_opens_nothing_older()
    {
        Add(100, damaged: true, at: new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Add(3, damaged: false);
        Assert.That(_engine.List(new JobFilter { Since = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero) }).ToList(), Has.Count.EqualTo(3).And.All.Property("Error").Null);
    }

    [Test]
    public void Jobs_that_a_glance_rules_out_are_not_read_in_full()
    {
        // Readable at a glance, and damaged for the full reader: a progress has counts.
        foreach (var folder in Add(20, damaged: false))
            File.WriteAllText(StatusOf(folder), File.ReadAllText(StatusOf(folder)).Replace("\"progress\":null", "\"progress\":{\"current\":\"one\"}", StringComparison.Ordinal));
        Assert.That(_engine.List(new JobFilter { States = [JobState.Error] }), Is.Empty);
        Assert.That(_engine.List(new JobFilter { States = [JobState.Done] }).ToList(), Has.Count.EqualTo(20).And.All.Property("Error").Not.Null);
    }

    private List<JobFolder> Add(int count, bool damaged, DateTimeOffset? at = null)
    {
        var time = at is { } moment ? new ManualTime(moment) : TimeProvider.System;
        var folders = new List<JobFolder>();
        for (var i = 0; i < count; i++)
        {
            folders.Add(MadeJobs.Add(_engine.Store, JobState.Done, MadeJobs.Spec(JobId.New(time)) with { CreatedAt = time.GetUtcNow() }));
            if (damaged)
                File.WriteAllText(StatusOf(folders[^1]), "{");
        }
        return folders;
    }

    private static string StatusOf(JobFolder folder) => Path.Combine(folder.Path, "status.json");
}
