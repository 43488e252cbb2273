namespace AstroJobs.Cli.Tests.Faults;

/// <summary>A worker dies without a word: killed, out of memory, the power.</summary>
public sealed class WorkerLostTests : IDisposable
{
    private readonly CallerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Test]
    public void The_next_look_says_so_its_tool_is_stopped_and_the_next_job_starts()
    {
        var id = _store.Submit("sleep", "60");
        var next = _store.Submit("sleep", "61");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        LiveProcesses.Kill(Worker(id));
        var said = _store.Run("status", id);
        Assert.Multiple(() =>
        {
            Assert.That((said.ExitCode, said.State), Is.EqualTo((0, "error")));
            Assert.That(said.ErrorCode, Is.EqualTo("worker_lost"));
            Assert.That(said.Json.GetProperty("finished_at").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.String));
            Assert.That(LiveProcesses.OfJob(id), Is.Empty, "its tool is stopped");
        });
        CallerStore.Eventually(() => LiveProcesses.OfJob(next, "sleep").Count == 1, "the next job has the slot");
        Assert.That(_store.Run("status", id).Output, Is.EqualTo(said.Output), "a final state stays");
    }

    [Test]
    public void Whoever_waits_for_it_is_told()
    {
        var id = _store.Submit("sleep", "60");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        using var wait = _store.Start(PublishedProgram.Path, "wait", id);
        using var follow = _store.Start(PublishedProgram.Path, "log", id, "--follow");
        LiveProcesses.Kill(Worker(id));
        Assert.That(wait.WaitForExit(60_000));
        Assert.That(wait.ExitCode, Is.EqualTo(1));
        Assert.That(wait.StandardOutput.ReadToEnd(), Does.Contain("worker_lost"));
        Assert.That(follow.WaitForExit(60_000));
    }

    [Test]
    public void Looking_at_a_copy_of_the_store_does_no_harm_to_the_original()
    {
        var id = _store.Submit("sleep", "60");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        Assert.That(_store.RunProgram("cp", "-r", _store.Root, _store.Beside("copy")).ExitCode, Is.Zero);
        Assert.That(_store.Run("list", "--jobs-dir", _store.Beside("copy")).ExitCode, Is.Zero);
        _store.Run("cancel", id, "--jobs-dir", _store.Beside("copy")).MustFail(6, "not_cancellable");
        Assert.That(LiveProcesses.OfJob(id, "sleep"), Has.Count.EqualTo(1));
        Assert.That(_store.Run("status", id).State, Is.EqualTo("processing"));
    }

    [TestCase("", "corrupt")]
    [TestCase("{\"version\":1,", "corrupt")]
    [TestCase("\0\0\0\0", "corrupt")]
    [TestCase("{\"version\":9}", "corrupt")]
    public void A_damaged_status_is_one_jobs_error_and_is_kept(string content, string code)
    {
        string[] ids = [_store.Submit("true"), _store.Submit("true")];
        _store.Wait(ids);
        File.WriteAllText(_store.StatusFile(ids[0]), content);
        _store.Run("status", ids[0]).MustFail(1, code);
        var list = _store.Run("list");
        Assert.Multiple(() =>
        {
            Assert.That(list.ExitCode, Is.Zero);
            Assert.That(list.Json.GetProperty("jobs").EnumerateArray().Select(static job => job.GetProperty("ok").GetBoolean()), Is.EquivalentTo([true, false]));
            Assert.That(_store.Run("list", "--output", "text").Output, Does.Contain("corrupt"));
            Assert.That(File.ReadAllText(_store.StatusFile(ids[0])), Is.EqualTo(content), "the original is kept");
            Assert.That(_store.Wait(_store.Submit("true")).ExitCode, Is.Zero, "other jobs are unharmed");
            Assert.That(_store.Run("delete", ids[0]).ExitCode, Is.Zero, "as the hint says");
        });
    }

    [Test]
    public void A_queued_job_whose_spec_is_damaged_holds_nobody_up()
    {
        var first = _store.Submit("sleep", "60");
        string[] ids = [_store.Submit("true"), _store.Submit("true")];
        File.WriteAllText(Path.Combine(_store.Folder(ids[0]), "job.json"), "");
        _store.Run("cancel", first);
        Assert.That(_store.Wait(ids[1]).ExitCode, Is.Zero);
        _store.Run("status", ids[0]).MustFail(1, "corrupt");
    }

    [Test]
    public void A_running_job_whose_spec_is_damaged_can_be_cancelled()
    {
        var id = _store.Submit("sleep", "60");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        File.WriteAllText(Path.Combine(_store.Folder(id), "job.json"), "");
        Assert.That(_store.Run("cancel", id).State, Is.EqualTo("cancelled"));
        Assert.That(LiveProcesses.OfJob(id), Is.Empty);
    }

    private int Worker(string id) => _store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32();
}
