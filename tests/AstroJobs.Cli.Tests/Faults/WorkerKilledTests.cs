using AstroJobs.Jobs.Faults;

namespace AstroJobs.Cli.Tests.Faults;

/// <summary>The worker dies at every step: the next look is right, and who waits behind it runs.</summary>
public sealed class WorkerKilledTests : CallerFixture
{
    private static IEnumerable<FailPoint> Steps => FailPlan.Of("Worker");

    private static IEnumerable<FailPoint> Dispatches => FailPlan.Of("Dispatch");

    private static IEnumerable<TestCaseData> Writes => FailPlan.Of("File").SelectMany(static point => Enumerable.Range(1, 3).Select(count => new TestCaseData(point, count)));

    [TestCaseSource(nameof(Steps))]
    public void It_is_lost_unless_its_end_was_on_disk(FailPoint point)
    {
        var id = Store.SubmitPlanned($"{point}", "echo", "{}");
        var next = Store.Submit("true");
        Store.WaitForDeath(id);

        var said = Store.Run("status", id);
        if (point >= FailPoint.WorkerEndRecorded)
            Assert.That(said.State, Is.EqualTo("done"));
        else
            Assert.That((said.State, said.ErrorCode), Is.EqualTo(("error", "worker_lost")));
        Assert.That(Store.Wait(next).State, Is.EqualTo("done"), "who waits behind it runs");
        Assert.That(Store.Run("status", id).Output, Is.EqualTo(said.Output), "a final state stays");
        Store.MustBeSound();
    }

    /// <summary>The three durable writes of a worker: processing, the result, the end.</summary>
    [TestCaseSource(nameof(Writes))]
    public void A_file_is_old_or_new_and_never_torn(FailPoint point, int count)
    {
        var passing = point == FailPoint.FileWritten && count > 1 ? count + 1 : count; // the reserve is written between the first and the second, and not synced
        var id = Store.SubmitPlanned($"{point}:{passing}", "echo", "{}");
        Store.WaitForDeath(id);

        var isRenamed = point is FailPoint.FileRenamed or FailPoint.FileFolderSynced;
        Assert.That(Store.StoredState(id), Is.EqualTo((count, isRenamed) switch { (1, false) => "queued", (3, true) => "done", _ => "processing" }), "old before the rename, new after it");
        Assert.That(File.Exists(Path.Combine(Store.Folder(id), "output", "result.json")), Is.EqualTo((count, isRenamed) is (3, _) or (2, true)));
        Store.MustBeSound();
        Assert.That(Directory.EnumerateFiles(Store.Folder(id), ".*.tmp"), Is.Empty, "the next write takes the left-over with it");
    }

    [TestCaseSource(nameof(Dispatches))]
    public void Who_it_was_about_to_start_is_started_by_the_next_look(FailPoint point)
    {
        var gate = Store.Beside("gate");
        var id = Store.SubmitPlanned($"{point}", "sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.02; done");
        var next = Store.Submit("true");
        File.WriteAllText(gate, "");
        Store.WaitForDeath(id);

        Assert.That(Store.Run("status", id).State, Is.EqualTo("done"));
        Assert.That(Store.Wait(next).State, Is.EqualTo("done"));
        Store.MustBeSound();
    }
}
