using AstroJobs.Jobs.Faults;

namespace AstroJobs.Cli.Tests.Faults;

/// <summary><c>cancel</c>, <c>delete</c> and a look that mends die at every step: the same command again finishes what they began.</summary>
public sealed class VerbKilledTests : CallerFixture
{
    private static IEnumerable<FailPoint> Deletes => FailPlan.Of("Delete");

    [TestCase(FailPoint.CancelRequested)]
    [TestCase(FailPoint.CancelSignalled)]
    public void A_cancel_of_a_running_job_is_finished_by_the_worker_or_the_next_cancel(FailPoint point)
    {
        var id = Running("sleep", "600");
        Store.RunKilled($"{point}", "cancel", id);

        Assert.That(Store.Run("cancel", id).State, Is.EqualTo("cancelled"));
        Assert.That(LiveProcesses.OfJob(id), Is.Empty);
        Store.MustBeSound();
    }

    [Test]
    public void A_cancel_that_died_after_its_last_blow_has_cancelled()
    {
        var id = Store.SubmitPlanned($"{FailPoint.WorkerReserveMade}=wait:{Store.Beside("never")}", "true"); // a worker that heeds no signal
        CallerStore.Eventually(() => File.Exists(Store.Beside("never.reached")), "it hangs");
        Store.RunKilled($"{FailPoint.CancelKilled}", "cancel", id);

        Assert.That(Store.Run("cancel", id).State, Is.EqualTo("cancelled").Or.EqualTo("error"));
        Assert.That(LiveProcesses.OfJob(id), Is.Empty);
        Store.MustBeSound();
    }

    [TestCase(FailPoint.CancelClaimed, "queued")]
    [TestCase(FailPoint.CancelRecorded, "cancelled")]
    [TestCase(FailPoint.FileWritten, "queued")]
    [TestCase(FailPoint.FileSynced, "queued")]
    [TestCase(FailPoint.FileRenamed, "cancelled")]
    [TestCase(FailPoint.FileFolderSynced, "cancelled")]
    public void A_cancel_of_a_waiting_job_has_happened_or_not(FailPoint point, string state)
    {
        var first = Running("sleep", "600");
        var id = Store.Submit("true");
        Store.RunKilled($"{point}", "cancel", id);

        Assert.That(Store.Run("status", id).State, Is.EqualTo(state));
        Store.Run("cancel", first);
        Assert.That(Store.Wait(id).State, Is.EqualTo(state == "queued" ? "done" : "cancelled"));
        Store.MustBeSound();
    }

    [TestCaseSource(nameof(Deletes))]
    public void A_deleted_job_is_there_whole_or_gone(FailPoint point)
    {
        var id = Store.Submit("true");
        Store.Wait(id);
        Store.RunKilled($"{point}", "delete", id);

        Assert.That(SoundStore.JobsIn(Store), Is.EqualTo(point < FailPoint.DeleteTrashed ? [id] : Array.Empty<string>()));
        Store.MustBeSound();
    }

    [TestCase(FailPoint.MendClaimed)]
    [TestCase(FailPoint.MendLostRecorded)]
    [TestCase(FailPoint.FileWritten)]
    [TestCase(FailPoint.FileSynced)]
    [TestCase(FailPoint.FileRenamed)]
    [TestCase(FailPoint.FileFolderSynced)]
    public void A_look_that_dies_while_it_records_a_lost_worker_leaves_it_to_the_next(FailPoint point)
    {
        var id = Running("sleep", "600");
        LiveProcesses.Kill(Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32());
        Store.WaitForDeath(id);
        Store.RunKilled($"{point}", "status", id);

        Assert.That(Store.Run("status", id).ErrorCode, Is.EqualTo("worker_lost"));
        CallerStore.Eventually(() => LiveProcesses.OfJob(id).Count == 0, "its tool does not run on");
        Store.MustBeSound();
    }

    [TestCase(FailPoint.MendClaimed)]
    [TestCase(FailPoint.MendQueuedAgain)]
    public void A_look_that_dies_while_it_queues_a_job_again_leaves_it_to_the_next(FailPoint point)
    {
        Store.RunKilled($"{FailPoint.SubmitStoreSynced}", "submit", "run", "--", "true"); // a job without its place in the queue
        var id = SoundStore.JobsIn(Store).Single();
        foreach (var entry in Directory.EnumerateFiles(Path.Combine(Store.Root, ".astrojobs", "queue"), "*", SearchOption.AllDirectories).ToList())
            File.Delete(entry); // as in a power cut
        Store.RunKilled($"{point}", "status", id);

        Assert.That(Store.Wait(id).State, Is.EqualTo("done"));
        Store.MustBeSound();
    }

    private string Running(params string[] program)
    {
        var id = Store.Submit(program);
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, program[0]).Count == 1, "the tool runs");
        return id;
    }
}
