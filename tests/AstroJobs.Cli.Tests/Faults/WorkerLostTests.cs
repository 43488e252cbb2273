namespace AstroJobs.Cli.Tests.Faults;

/// <summary>A worker dies without a word: killed, out of memory, the power.</summary>
public sealed class WorkerLostTests : CallerFixture
{
    [Test]
    public void The_next_look_says_so_its_tool_is_stopped_and_the_next_job_starts()
    {
        var id = Store.Submit("sleep", "600");
        var next = Store.Submit("sleep", "601");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        LiveProcesses.Kill(Worker(id));
        var said = Store.Run("status", id);
        Assert.Multiple(() =>
        {
            Assert.That((said.ExitCode, said.State), Is.EqualTo((0, "error")));
            Assert.That(said.ErrorCode, Is.EqualTo("worker_lost"));
            Assert.That(said.Json.GetProperty("finished_at").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.String));
            Assert.That(LiveProcesses.OfJob(id), Is.Empty, "its tool is stopped");
        });
        CallerStore.Eventually(() => LiveProcesses.OfJob(next, "sleep").Count == 1, "the next job has the slot");
        Assert.That(Store.Run("status", id).Output, Is.EqualTo(said.Output), "a final state stays");
    }

    [Test]
    public void Whoever_waits_for_it_is_told()
    {
        var id = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        using var wait = Store.Start(PublishedProgram.Path, "wait", id);
        using var follow = Store.Start(PublishedProgram.Path, "log", id, "--follow");
        LiveProcesses.Kill(Worker(id));
        Assert.That(wait.WaitForExit(60_000));
        Assert.That(wait.ExitCode, Is.EqualTo(1));
        Assert.That(wait.StandardOutput.ReadToEnd(), Does.Contain("worker_lost"));
        Assert.That(follow.WaitForExit(60_000));
    }

    [Test]
    public void Looking_at_a_copy_of_the_store_does_no_harm_to_the_original()
    {
        var id = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        Assert.That(Store.RunProgram("cp", "-r", Store.Root, Store.Beside("copy")).ExitCode, Is.Zero);
        Assert.That(Store.Run("list", "--jobs-dir", Store.Beside("copy")).ExitCode, Is.Zero);
        Store.Run("cancel", id, "--jobs-dir", Store.Beside("copy")).MustFail(6, "not_cancellable");
        Assert.That(LiveProcesses.OfJob(id, "sleep"), Has.Count.EqualTo(1));
        Assert.That(Store.Run("status", id).State, Is.EqualTo("processing"));
    }

    [TestCase("", "corrupt")]
    [TestCase("{\"version\":1,", "corrupt")]
    [TestCase("\0\0\0\0", "corrupt")]
    [TestCase("{\"version\":9}", "corrupt")]
    public void A_damaged_status_is_one_jobs_error_and_is_kept(string content, string code)
    {
        string[] ids = [Store.Submit("true"), Store.Submit("true")];
        Store.Wait(ids);
        File.WriteAllText(Store.StatusFile(ids[0]), content);
        Store.Run("status", ids[0]).MustFail(1, code);
        var list = Store.Run("list");
        Assert.Multiple(() =>
        {
            Assert.That(list.ExitCode, Is.Zero);
            Assert.That(list.Json.GetProperty("jobs").EnumerateArray().Select(static job => job.GetProperty("ok").GetBoolean()), Is.EquivalentTo([true, false]));
            Assert.That(Store.Run("list", "--output", "text").Output, Does.Contain("corrupt"));
            Assert.That(File.ReadAllText(Store.StatusFile(ids[0])), Is.EqualTo(content), "the original is kept");
            Assert.That(Store.Wait(Store.Submit("true")).ExitCode, Is.Zero, "other jobs are unharmed");
            Assert.That(Store.Run("delete", ids[0]).ExitCode, Is.Zero, "as the hint says");
        });
    }

    [Test]
    public void A_queued_job_whose_spec_is_damaged_holds_nobody_up()
    {
        var first = Store.Submit("sleep", "600");
        string[] ids = [Store.Submit("true"), Store.Submit("true")];
        File.WriteAllText(Path.Combine(Store.Folder(ids[0]), "job.json"), "");
        Store.Run("cancel", first);
        Assert.That(Store.Wait(ids[1]).ExitCode, Is.Zero);
        Store.Run("status", ids[0]).MustFail(1, "corrupt");
    }

    [Test]
    public void A_running_job_whose_spec_is_damaged_can_be_cancelled()
    {
        var id = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        File.WriteAllText(Path.Combine(Store.Folder(id), "job.json"), "");
        Assert.That(Store.Run("cancel", id).State, Is.EqualTo("cancelled"));
        Assert.That(LiveProcesses.OfJob(id), Is.Empty);
    }

    private int Worker(string id) => Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32();
}
