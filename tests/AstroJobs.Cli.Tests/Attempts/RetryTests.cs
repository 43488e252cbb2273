using System.Text.Json;

namespace AstroJobs.Cli.Tests.Attempts;

/// <summary>A job that failed or was cancelled gets a new attempt in the same folder.</summary>
public sealed class RetryTests : CallerFixture
{
    /// <summary>A job that fails until the flag is there.</summary>
    private string[] UntilFlag => ["sh", "-c", $"echo said by $ASTROJOBS_ATTEMPT >&2; test -e '{Store.Beside("flag")}' || exit 3; echo '{{\"stars\":412}}'"];

    private string Attempt(string id, int attempt, params string[] names) => Path.Combine([Store.Folder(id), "attempts", $"{attempt}", .. names]);

    [Test]
    public void The_second_attempt_succeeds_and_the_first_is_kept()
    {
        var id = Store.Submit(UntilFlag);
        Assert.That(Store.Wait(id).ErrorCode, Is.EqualTo("tool_failed"));
        File.WriteAllText(Store.Beside("flag"), "");

        var said = Store.Run("retry", id);

        Assert.That((said.ExitCode, said.JobId, said.Json.GetProperty("attempt").GetInt32()), Is.EqualTo((0, id, 2)));
        var ended = Store.Wait(id);
        Assert.Multiple(() =>
        {
            Assert.That((ended.State, ended.Json.GetProperty("attempt").GetInt32(), ended.Json.GetProperty("error").ValueKind), Is.EqualTo(("done", 2, JsonValueKind.Null)));
            Assert.That(Store.Run("result", id).Json.GetProperty("stars").GetInt32(), Is.EqualTo(412));
            Assert.That(Log(id), Does.Contain("said by 2").And.Not.Contain("said by 1"));
            Assert.That(Log(id, "--attempt", "1"), Does.Contain("said by 1").And.Not.Contain("said by 2"));
            Assert.That(Log(id, "--attempt", "2"), Is.EqualTo(Log(id)));
            Assert.That(File.ReadAllText(Attempt(id, 1, "output", "result.json")), Does.Contain("\"exit_code\":3"));
            using var kept = JsonDocument.Parse(File.ReadAllBytes(Attempt(id, 1, "status.json")));
            Assert.That((kept.RootElement.GetProperty("state").GetString(), kept.RootElement.GetProperty("attempt").GetInt32()), Is.EqualTo(("error", 1)));
        });
        Store.Run("log", id, "--attempt", "3").MustFail(2, "bad_input");
        var first = Store.Run("status", id, "--attempt", "1");
        Assert.That((first.ExitCode, first.State, first.ErrorCode), Is.EqualTo((0, "error", "tool_failed")));
        Assert.That(Store.Run("status", id, "--attempt", "2").Output, Is.EqualTo(Store.Run("status", id).Output));
        Store.Run("status", id, "--attempt", "3").MustFail(2, "bad_input");
    }

    [Test]
    public void Each_attempt_is_kept()
    {
        var id = Store.Submit(UntilFlag);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.That(Store.Wait(id).Json.GetProperty("attempt").GetInt32(), Is.EqualTo(attempt));
            Assert.That(Store.Run("retry", id).Json.GetProperty("attempt").GetInt32(), Is.EqualTo(attempt + 1));
        }
        Store.Wait(id);
        for (var attempt = 1; attempt <= 4; attempt++)
            Assert.That(Log(id, "--attempt", $"{attempt}"), Does.Contain($"said by {attempt}"));
        Assert.That(Store.Run("delete", id).ExitCode, Is.Zero);
        Assert.That(Directory.Exists(Store.Folder(id)), Is.False);
    }

    [Test]
    public void Only_what_has_ended_without_a_result_is_tried_again()
    {
        var done = Store.Submit("true");
        Store.Wait(done);
        var running = Store.Submit("sleep", "600");
        var queued = Store.Submit("true");
        CallerStore.Eventually(() => Store.StoredState(running) == "processing", "it runs");
        Store.Run("retry", done).MustFail(6, "not_retryable");
        Store.Run("retry", running).MustFail(6, "job_running");
        Store.Run("retry", queued).MustFail(6, "job_running");
        Store.Run("retry", "0193b0a1c2d37e4f8a9b0c1d2e3f4a5b").MustFail(3, "job_not_found");
        Assert.That(new[] { done, running, queued }.Select(id => Store.Stored(id).GetProperty("attempt").GetInt32()), Has.All.EqualTo(1));
    }

    [Test]
    public void Several_at_once_are_answered_one_by_one()
    {
        var (failed, done) = (Store.Submit("false"), Store.Submit("true"));
        Store.Wait(failed, done);
        var said = Store.Run("retry", failed, done);
        Assert.That(said.ExitCode, Is.EqualTo(6));
        Assert.That(said.Json.GetProperty("jobs").EnumerateArray().Select(static job => job.GetProperty("ok").GetBoolean()), Is.EqualTo([true, false]));
        Assert.That(Store.Wait(failed).Json.GetProperty("attempt").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public void Filters_mean_what_failed_or_was_cancelled()
    {
        var (failed, done, other) = (Store.SubmitWith(["--project", "m42"], "false"), Store.SubmitWith(["--project", "m42"], "true"), Store.Submit("false"));
        Store.Wait(failed, done, other);
        var said = Store.Run("retry", "--project", "m42");
        Assert.That((said.ExitCode, said.Json.GetProperty("jobs").EnumerateArray().Single().GetProperty("job_id").GetString()), Is.EqualTo((0, failed)), said.Output);
        Assert.That(Store.Stored(other).GetProperty("attempt").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public void A_cancelled_job_runs_to_its_end_the_second_time()
    {
        var go = Store.Beside("go");
        var id = Store.Submit("sh", "-c", $"until test -e '{go}'; do sleep 0.05; done");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sh").Count == 1, "it runs");
        Assert.That(Store.Run("cancel", id).State, Is.EqualTo("cancelled"));
        Assert.That(Store.Run("retry", id).ExitCode, Is.Zero);
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sh").Count == 1, "it runs again");
        File.WriteAllText(go, "");
        Assert.That(Store.Wait(id).State, Is.EqualTo("done"));
    }

    [Test]
    public void A_lost_job_is_tried_again_and_nothing_of_the_lost_attempt_lives()
    {
        var id = Store.Submit("setsid", "sh", "-c", "trap '' INT TERM; exec sleep 600"); // what is ignored stays ignored: execve(2)
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        var tool = LiveProcesses.OfJob(id, "sleep").Single();
        LiveProcesses.Kill(Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32());
        Assert.That(Store.Run("retry", id).ExitCode, Is.Zero);
        Assert.That(LiveProcesses.OfJob(id), Does.Not.Contain(tool));
        Assert.That(File.ReadAllText(Attempt(id, 1, "status.json")), Does.Contain("worker_lost"));
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the second attempt runs");
    }

    [Test]
    public void Of_two_retries_at_once_one_makes_the_attempt()
    {
        var id = Store.Submit("false");
        Store.Wait(id);
        var blocker = Store.Submit("sleep", "600"); // so that the second attempt does not end before the other retry comes
        CallerStore.Eventually(() => Store.StoredState(blocker) == "processing", "the slot is taken");
        var said = new Said[4];
        Parallel.For(0, said.Length, i => said[i] = Store.Run("retry", id));
        Assert.That(said.Select(static one => one.ExitCode), Is.EquivalentTo([0, 6, 6, 6]), string.Concat(said.Select(static one => one.Output)));
        Assert.That(Store.Stored(id).GetProperty("attempt").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public void A_dependant_stays_failed_until_it_is_tried_again_itself()
    {
        var blocker = Store.Submit("sleep", "600");
        var first = Store.Submit(UntilFlag);
        var second = Store.SubmitWith(["--after", first], "true");
        Store.Run("cancel", blocker);
        Assert.That(Store.Wait(second).ErrorCode, Is.EqualTo("dependency_failed"));
        File.WriteAllText(Store.Beside("flag"), "");
        Store.Run("retry", first);
        Assert.That(Store.Wait(first).State, Is.EqualTo("done"));
        Assert.That(Store.Run("status", second).State, Is.EqualTo("error"));
        Store.Run("retry", second);
        Assert.That(Store.Wait(second).State, Is.EqualTo("done"));
    }

    [Test]
    public void Who_follows_one_attempt_is_done_when_it_is_over()
    {
        var id = Store.Submit("sh", "-c", "exit 5");
        Store.Wait(id);
        Assert.That(Store.Run("log", id, "--follow", "--attempt", "1", "--output", "text").Output, Does.Contain("exit code 5"));
        Store.Run("retry", id);
        Assert.That(Store.Run("log", id, "--follow", "--attempt", "1", "--output", "text").Output, Does.Contain("exit code 5"));
    }

    private string Log(string id, params string[] options) => Store.Run(["log", id, .. options]).Json.GetProperty("content").GetString()!;
}
