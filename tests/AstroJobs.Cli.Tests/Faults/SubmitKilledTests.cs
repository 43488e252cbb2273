using AstroJobs.Jobs.Faults;

namespace AstroJobs.Cli.Tests.Faults;

/// <summary><c>submit</c> dies at every step: the job is there whole, or not at all.</summary>
public sealed class SubmitKilledTests : CallerFixture
{
    private static readonly string[] Submit = ["submit", "run", "--key", "tonight", "--", "true"];

    private static IEnumerable<FailPoint> Points => FailPlan.Of("Submit", "Dispatch", "File").Where(static point => point != FailPoint.FileFolderSynced); // no durable rewrite before the worker's

    [TestCaseSource(nameof(Points))]
    public void The_job_is_whole_or_absent_and_the_same_submit_again_makes_it_once(FailPoint point)
    {
        Store.RunKilled($"{point}", Submit);

        var isNamed = point is FailPoint.FileRenamed or (>= FailPoint.SubmitRenamed and < FailPoint.WorkerLocksAdopted); // its first rename of a file is the mark of a start
        Assert.That(SoundStore.JobsIn(Store), Has.Count.EqualTo(isNamed ? 1 : 0));
        var again = Store.Run(Submit);
        Assert.That((again.ExitCode, again.Json.GetProperty("created").GetBoolean()), Is.EqualTo((0, !isNamed)), again.Output);
        Assert.That(Store.Wait(again.JobId!).State, Is.EqualTo("done"));
        Store.MustBeSound();
    }

    [TestCase(FailPoint.SubmitRenamed)]
    [TestCase(FailPoint.SubmitStoreSynced)]
    public void A_job_that_has_its_name_is_started_by_the_next_call_of_any_verb(FailPoint point)
    {
        var other = Store.Submit("true");
        Store.Wait(other);
        Store.RunKilled($"{point}", Submit);

        Store.Run("status", other);

        var id = SoundStore.JobsIn(Store).Single(job => job != other);
        CallerStore.Eventually(() => Store.StoredState(id) == "done", "it runs, though nobody looked at it");
    }

    [Test]
    public void Whichever_file_is_half_written_the_job_is_whole_or_absent([Values(FailPoint.FileWritten, FailPoint.FileSynced, FailPoint.FileRenamed)] FailPoint point, [Range(2, 4)] int count)
    {
        Store.RunPlanned($"submit/{point}:{count}", Submit);

        var named = SoundStore.JobsIn(Store);
        Assert.That(Store.Run(Submit).JobId, named.Count == 0 ? Is.Not.Null : Is.EqualTo(named[0]));
        Store.MustBeSound();
    }
}
