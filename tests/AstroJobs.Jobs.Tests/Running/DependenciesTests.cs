using AstroJobs.Jobs.Running;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class DependenciesTests
{
    private static readonly JobId First = JobId.Parse("0193b0a1c2d37e4f8a9b0c1d2e3f4a51");
    private static readonly JobId Second = JobId.Parse("0193b0a1c2d37e4f8a9b0c1d2e3f4a52");

    [Test]
    public void Nothing_to_wait_for_is_done() => Assert.That(Dependencies.Check([], [], _ => null).AreDone);

    [Test]
    public void All_done_is_done() => Assert.That(Check(JobState.Done, JobState.Done).AreDone);

    [TestCase(JobState.Queued)]
    [TestCase(JobState.Processing)]
    public void The_first_that_is_not_done_is_named(JobState state) => Assert.That(Check(state, JobState.Queued), Is.EqualTo(new Dependencies(First, null)));

    [TestCase(JobState.Error, "failed")]
    [TestCase(JobState.Cancelled, "was cancelled")]
    [TestCase(null, "was deleted")]
    public void One_that_can_never_be_done_fails_the_job_even_while_another_runs(JobState? state, string how)
    {
        var found = Check(JobState.Processing, state);
        Assert.Multiple(() =>
        {
            Assert.That((found.AreDone, found.IsCancelled), Is.EqualTo((false, state == JobState.Cancelled)));
            Assert.That(found.WaitsFor, Is.Null);
            Assert.That(found.Failed?.Code, Is.EqualTo("dependency_failed"));
            Assert.That(found.Failed?.Message, Does.Contain(Second.ToString()).And.Contain(how));
        });
    }

    [TestCase(JobState.Done)]
    [TestCase(JobState.Error)]
    [TestCase(JobState.Cancelled)]
    [TestCase(null)]
    public void One_that_must_only_have_ended_may_end_as_it_likes(JobState? state) => Assert.That(Dependencies.Check([], [First], _ => state).AreDone);

    [TestCase(JobState.Queued)]
    [TestCase(JobState.Processing)]
    public void One_that_must_have_ended_and_has_not_is_waited_for(JobState state) =>
        Assert.That(Dependencies.Check([First], [Second], id => id == First ? JobState.Done : state), Is.EqualTo(new Dependencies(Second, null)));

    [Test]
    public void A_failed_one_that_must_be_done_fails_the_job_while_another_is_waited_for() =>
        Assert.That(Dependencies.Check([First], [Second], id => id == First ? JobState.Error : JobState.Processing).Failed?.Code, Is.EqualTo("dependency_failed"));

    private static Dependencies Check(JobState? first, JobState? second) => Dependencies.Check([First, Second], [], id => id == First ? first : second);
}
