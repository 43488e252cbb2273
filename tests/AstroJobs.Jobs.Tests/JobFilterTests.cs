using System.Text.Json;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Tests;

public sealed class JobFilterTests
{
    private static readonly DateTimeOffset Night = new(2026, 11, 21, 22, 0, 0, TimeSpan.Zero);

    private static readonly JobStatus Status = new()
    {
        JobId = JobId.Parse("0193b0a1c2d37e4f8a9b0c1d2e3f4a5b"),
        Kind = "stack",
        State = JobState.Error,
        Project = "m42",
        Group = "2026-11-21",
        Name = "lights",
        CreatedAt = Night,
        UpdatedAt = Night,
    };

    private static readonly TestCaseData<JobFilter, bool>[] Cases =
    [
        new(new JobFilter(), true) { TestName = "everything" },
        new(new JobFilter { States = [JobState.Done] }, false) { TestName = "another state" },
        new(new JobFilter { States = [JobState.Done, JobState.Error] }, true) { TestName = "one of two states" },
        new(new JobFilter { Kinds = ["burst"] }, false) { TestName = "another kind" },
        new(new JobFilter { Kinds = ["burst", "stack"] }, true) { TestName = "one of two kinds" },
        new(new JobFilter { Project = "m42" }, true) { TestName = "its project" },
        new(new JobFilter { Project = "M42" }, false) { TestName = "case matters" },
        new(new JobFilter { Group = "" }, false) { TestName = "an empty group is not any group" },
        new(new JobFilter { Name = "lights" }, true) { TestName = "its name" },
        new(new JobFilter { Name = "darks" }, false) { TestName = "another name" },
        new(new JobFilter { Since = Night }, true) { TestName = "from its very moment on" },
        new(new JobFilter { Since = Night.AddMilliseconds(1) }, false) { TestName = "later" },
        new(new JobFilter { Project = "m42", Name = "darks" }, false) { TestName = "all must hold" },
    ];

    [TestCaseSource(nameof(Cases))]
    public void A_job_passes_when_all_that_is_said_holds(JobFilter filter, bool passes) => Assert.That(filter.Matches(Status), Is.EqualTo(passes));

    [TestCaseSource(nameof(Cases))]
    public void A_glance_at_the_file_rules_out_no_job_that_passes(JobFilter filter, bool passes)
    {
        var seen = StatusPeek.TryRead(JsonSerializer.SerializeToUtf8Bytes(Status, JobsJson.Default.JobStatus), Status.JobId)!;
        Assert.That(filter.RulesOut(seen), Is.EqualTo(!passes && filter.Since is null));
    }

    [TestCase(JobState.Queued)]
    [TestCase(JobState.Processing)]
    public void A_glance_does_not_tell_the_state_of_a_job_that_has_not_ended(JobState state)
    {
        var seen = new StatusPeek(state, "\"stack\"", null, null, null);
        Assert.That(new JobFilter { States = [JobState.Error] }.RulesOut(seen), Is.False, "its worker may be lost");
    }

    [Test]
    public void A_job_without_a_project_is_in_no_project() => Assert.That(new JobFilter { Project = "m42" }.Matches(Status with { Project = null }), Is.False);
}
