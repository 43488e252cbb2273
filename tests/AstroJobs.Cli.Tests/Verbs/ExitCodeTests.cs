namespace AstroJobs.Cli.Tests.Verbs;

/// <summary>The table of exit and error codes of the design, §4, row by row.</summary>
public sealed class ExitCodeTests : CallerFixture
{
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
        Store.Run(arguments).MustFail(2, "usage");
        Assert.That(Directory.Exists(Store.Root), Is.False, "nothing is made");
    }

    [Test]
    public void A_wrong_command_line_in_text_is_told_on_stderr_alone()
    {
        var said = Store.Run("status", "--output", "text");
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
            Store.Run(verb, id).MustFail(3, "job_not_found");
        Assert.That(Directory.Exists(Store.Root), Is.False, "verbs that read make nothing");
    }

    [Test]
    public void A_beginning_of_two_ids_is_ambiguous_3()
    {
        var ids = new[] { Store.Submit("true"), Store.Submit("true") };
        Store.Run("status", ids[0][..4]).MustFail(3, "ambiguous_id");
        Assert.That(Store.Run("status", ids[1][..31]).ExitCode, Is.Zero.Or.EqualTo(3), "31 digits may be shared too");
        Assert.That(Store.Run("status", "--job-id", ids[1].ToUpperInvariant()).JobId, Is.EqualTo(ids[1]));
    }

    [Test]
    public void A_job_that_runs_is_not_ready_4_and_not_deletable_6()
    {
        var id = Store.Submit("sleep", "600");
        Store.Run("result", id).MustFail(4, "job_not_ready");
        CallerStore.Eventually(() => Store.StoredState(id) == "processing", "it runs");
        Store.Run("result", id).MustFail(4, "job_not_ready");
        Store.Run("delete", id).MustFail(6, "job_running");
        Assert.That(Store.StoredState(id), Is.EqualTo("processing"));
    }

    [Test]
    public void A_failed_job_gives_1_its_reason_and_its_exit_code()
    {
        var id = Store.Submit("sh", "-c", "echo it broke >&2; exit 3");
        var waited = Store.Wait(id);
        Assert.That((waited.ExitCode, waited.State), Is.EqualTo((1, "error")));
        Assert.That(waited.ErrorCode, Is.EqualTo("tool_failed"));
        Assert.That(waited.Json.GetProperty("error").GetProperty("message").GetString(), Does.Contain("exit code 3").And.Contain("it broke"));
        var result = Store.Run("result", id);
        result.MustFail(1, "job_failed");
        Assert.That(result.Json.GetProperty("cause").GetString(), Is.EqualTo("tool_failed"));
        Assert.That(Store.Run("status", id).ExitCode, Is.Zero, "looking succeeded");
        Store.Run("cancel", id).MustFail(6, "not_cancellable");
    }

    [Test]
    public void A_cancelled_job_gives_1()
    {
        var id = Store.Submit("sleep", "600");
        Assert.That(Store.Run("cancel", id).ExitCode, Is.Zero);
        Assert.That((Store.Wait(id).ExitCode, Store.Wait(id).State), Is.EqualTo((1, "cancelled")));
        Store.Run("result", id).MustFail(1, "job_cancelled");
        Store.Run("cancel", id).MustFail(6, "not_cancellable");
    }

    [Test]
    public void A_program_that_is_not_there_is_tool_missing_7_and_leaves_nothing()
    {
        Store.Run("submit", "run", "--", "no-such-program").MustFail(7, "tool_missing");
        Store.Run("submit", "run", "--", "/etc/passwd").MustFail(7, "tool_missing");
        Assert.That(Directory.Exists(Store.Root), Is.False);
    }

    [TestCase("")]
    [TestCase("camera:much too long ................................................................")]
    public void A_slot_that_cannot_be_a_name_is_bad_input_2_and_leaves_nothing(string slot)
    {
        Store.Run("submit", "run", "--slot", slot, "--", "true").MustFail(2, "bad_input");
        Assert.That(Directory.Exists(Store.Root), Is.False);
    }

    [Test]
    public void A_wait_that_runs_out_is_124_and_the_job_runs_on()
    {
        var id = Store.Submit("sleep", "600");
        Store.Run("wait", id, "--timeout", "0.2").MustFail(124, "wait_timeout");
        Assert.That(Store.Run("status", id).State, Is.EqualTo("processing").Or.EqualTo("queued"));
    }

    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public void A_wait_that_is_interrupted_says_by_what(string signal, int exitCode)
    {
        var id = Store.Submit("sleep", "600");
        using var wait = Store.Start(PublishedProgram.Path, "wait", id);
        CallerStore.Eventually(() => LiveProcesses.Field(wait.Id, "SigCgt") is { } caught && (Convert.ToUInt64(caught, 16) & 0x4002) == 0x4002, "it hears SIGINT and SIGTERM");
        CallerStore.Eventually(() => Directory.EnumerateFiles($"/proc/{wait.Id}/fd").Select(fd => new FileInfo(fd).LinkTarget ?? "").Any(static target => target.Contains("inotify", StringComparison.Ordinal)), "it waits");
        LiveProcesses.Kill(wait.Id, signal);
        Assert.That(wait.WaitForExit(60_000));
        Assert.That(wait.ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public void A_store_that_cannot_be_is_an_io_error_1()
    {
        File.WriteAllText(Store.Beside("file"), "kept");
        foreach (var root in (string[])[Store.Beside("file"), "/proc/nowhere", "/dev/null/jobs"])
            Store.Run("submit", "run", "--jobs-dir", root, "--", "true").MustFail(1, "io_error");
        Store.Run("list", "--jobs-dir", Store.Beside("file")).MustFail(1, "io_error");
        Assert.That(File.ReadAllText(Store.Beside("file")), Is.EqualTo("kept"));
    }

    [Test]
    public void The_wait_for_several_gives_the_worst_of_them()
    {
        string[] good = [Store.Submit("true"), Store.Submit("true")];
        Assert.That(Store.Wait(good).ExitCode, Is.Zero);
        var said = Store.Wait([.. good, Store.Submit("false")]);
        Assert.That(said.ExitCode, Is.EqualTo(1));
        Assert.That(said.Json.GetProperty("jobs").EnumerateArray().Select(static job => job.GetProperty("state").GetString()), Is.EqualTo(["done", "done", "error"]));
    }
}
