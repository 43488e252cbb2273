namespace AstroJobs.Cli.Tests.Verbs;

/// <summary>The table of exit and error codes of the design, §4, row by row.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private readonly CallerStore _store = new();

    public void Dispose() => _store.Dispose();

    [TestCase("nonsense")]
    [TestCase("status")]
    [TestCase("status", "--nonsense", "a")]
    [TestCase("cancel", "--force")]
    [TestCase("result", "a", "b", Description = "one at a time")]
    [TestCase("submit", "run")]
    [TestCase("submit", "nonsense")]
    [TestCase("submit", "run", "--label", "novalue", "--", "true")]
    [TestCase("wait", "a", "--timeout", "soon")]
    [TestCase("list", "--limit", "0")]
    [TestCase("list", "--state", "sleeping")]
    [TestCase("list", "--since", "yesterday")]
    [TestCase("list", "--output", "xml")]
    [TestCase("log", "a", "--tail", "-1")]
    [TestCase("log", "a", "--attempt", "0")]
    [TestCase("retry")]
    [TestCase("completion", "tcsh")]
    [TestCase("prune", Description = "would be everything")]
    [TestCase("prune", "--dry-run")]
    [TestCase("prune", "--keep", "-1")]
    [TestCase("prune", "--older-than", "long")]
    [TestCase("prune", "--max-bytes", "much")]
    [TestCase("prune", "--keep", "1", "--state", "done,processing")]
    [TestCase("submit", "run", "--priority", "1001", "--", "true")]
    [TestCase("submit", "run", "--priority", "-1001", "--", "true")]
    [TestCase("submit", "run", "--if-busy", "panic", "--", "true")]
    public void A_wrong_command_line_is_usage_2(params string[] arguments)
    {
        _store.Run(arguments).MustFail(2, "usage");
        Assert.That(Directory.Exists(_store.Root), Is.False, "nothing is made");
    }

    [Test]
    public void A_wrong_command_line_in_text_is_told_on_stderr_alone()
    {
        var said = _store.Run("status", "--output", "text");
        Assert.That((said.ExitCode, said.Output), Is.EqualTo((2, "")));
        Assert.That(said.Error, Does.StartWith("usage: ").And.Contain("astrojobs status --help"));
    }

    [TestCase("status")]
    [TestCase("result")]
    [TestCase("wait")]
    [TestCase("cancel")]
    [TestCase("retry")]
    [TestCase("log")]
    [TestCase("delete")]
    public void An_unknown_id_is_job_not_found_3(string verb)
    {
        string[] ids = ["0193b0a1c2d37e4f8a9b0c1d2e3f4a5b", "0193", "../../../etc/passwd", "0193b0a1c2d37e4f8a9b0c1d2e3f4a5b/../x", ".astrojobs"];
        foreach (var id in ids)
            _store.Run(verb, id).MustFail(3, "job_not_found");
        Assert.That(Directory.Exists(_store.Root), Is.False, "verbs that read make nothing");
    }

    [Test]
    public void A_beginning_of_two_ids_is_ambiguous_3()
    {
        var ids = new[] { _store.Submit("true"), _store.Submit("true") };
        _store.Run("status", ids[0][..4]).MustFail(3, "ambiguous_id");
        Assert.That(_store.Run("status", ids[1][..31]).ExitCode, Is.Zero.Or.EqualTo(3), "31 digits may be shared too");
        Assert.That(_store.Run("status", "--job-id", ids[1].ToUpperInvariant()).JobId, Is.EqualTo(ids[1]));
    }

    [Test]
    public void A_job_that_runs_is_not_ready_4_and_not_deletable_6()
    {
        var id = _store.Submit("sleep", "60");
        _store.Run("result", id).MustFail(4, "job_not_ready");
        CallerStore.Eventually(() => _store.StoredState(id) == "processing", "it runs");
        _store.Run("result", id).MustFail(4, "job_not_ready");
        _store.Run("delete", id).MustFail(6, "job_running");
        Assert.That(_store.StoredState(id), Is.EqualTo("processing"));
    }

    [Test]
    public void A_failed_job_gives_1_its_reason_and_its_exit_code()
    {
        var id = _store.Submit("sh", "-c", "echo it broke >&2; exit 3");
        var waited = _store.Wait(id);
        Assert.That((waited.ExitCode, waited.State), Is.EqualTo((1, "error")));
        Assert.That(waited.ErrorCode, Is.EqualTo("tool_failed"));
        Assert.That(waited.Json.GetProperty("error").GetProperty("message").GetString(), Does.Contain("exit code 3").And.Contain("it broke"));
        var result = _store.Run("result", id);
        result.MustFail(1, "job_failed");
        Assert.That(result.Json.GetProperty("cause").GetString(), Is.EqualTo("tool_failed"));
        Assert.That(_store.Run("status", id).ExitCode, Is.Zero, "looking succeeded");
        _store.Run("cancel", id).MustFail(6, "not_cancellable");
    }

    [Test]
    public void A_cancelled_job_gives_1()
    {
        var id = _store.Submit("sleep", "60");
        Assert.That(_store.Run("cancel", id).ExitCode, Is.Zero);
        Assert.That((_store.Wait(id).ExitCode, _store.Wait(id).State), Is.EqualTo((1, "cancelled")));
        _store.Run("result", id).MustFail(1, "job_cancelled");
        _store.Run("cancel", id).MustFail(6, "not_cancellable");
    }

    [Test]
    public void A_program_that_is_not_there_is_tool_missing_7_and_leaves_nothing()
    {
        _store.Run("submit", "run", "--", "no-such-program").MustFail(7, "tool_missing");
        _store.Run("submit", "run", "--", "/etc/passwd").MustFail(7, "tool_missing");
        Assert.That(Directory.Exists(_store.Root), Is.False);
    }

    [TestCase("")]
    [TestCase("camera:much too long ................................................................")]
    public void A_slot_that_cannot_be_a_name_is_bad_input_2_and_leaves_nothing(string slot)
    {
        _store.Run("submit", "run", "--slot", slot, "--", "true").MustFail(2, "bad_input");
        Assert.That(Directory.Exists(_store.Root), Is.False);
    }

    [Test]
    public void A_wait_that_runs_out_is_124_and_the_job_runs_on()
    {
        var id = _store.Submit("sleep", "60");
        _store.Run("wait", id, "--timeout", "0.2").MustFail(124, "wait_timeout");
        Assert.That(_store.Run("status", id).State, Is.EqualTo("processing").Or.EqualTo("queued"));
    }

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public void A_wait_that_is_interrupted_says_by_what(string signal, int exitCode)
    {
        var id = _store.Submit("sleep", "60");
        using var wait = _store.Start(PublishedProgram.Path, "wait", id);
        CallerStore.Eventually(() => LiveProcesses.Field(wait.Id, "SigCgt") is { } caught && (Convert.ToUInt64(caught, 16) & 0x4002) == 0x4002, "it hears SIGINT and SIGTERM");
        CallerStore.Eventually(() => Directory.EnumerateFiles($"/proc/{wait.Id}/fd").Select(fd => new FileInfo(fd).LinkTarget ?? "").Any(static target => target.Contains("inotify", StringComparison.Ordinal)), "it waits");
        LiveProcesses.Kill(wait.Id, signal);
        Assert.That(wait.WaitForExit(5000));
        Assert.That(wait.ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public void A_store_that_cannot_be_is_an_io_error_1()
    {
        File.WriteAllText(_store.Beside("file"), "kept");
        foreach (var root in (string[])[_store.Beside("file"), "/proc/nowhere", "/dev/null/jobs"])
            _store.Run("submit", "run", "--jobs-dir", root, "--", "true").MustFail(1, "io_error");
        _store.Run("list", "--jobs-dir", _store.Beside("file")).MustFail(1, "io_error");
        Assert.That(File.ReadAllText(_store.Beside("file")), Is.EqualTo("kept"));
    }

    [Test]
    public void The_wait_for_several_gives_the_worst_of_them()
    {
        string[] good = [_store.Submit("true"), _store.Submit("true")];
        Assert.That(_store.Wait(good).ExitCode, Is.Zero);
        var said = _store.Wait([.. good, _store.Submit("false")]);
        Assert.That(said.ExitCode, Is.EqualTo(1));
        Assert.That(said.Json.GetProperty("jobs").EnumerateArray().Select(static job => job.GetProperty("state").GetString()), Is.EqualTo(["done", "done", "error"]));
    }
}
