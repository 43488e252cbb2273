using System.Text.Json;
using AstroJobs.Cli.Tests.Night;

namespace AstroJobs.Cli.Tests.Attempts;

/// <summary><c>submit --retries</c>: the engine tries again by itself what may heal.</summary>
public sealed class RetriesTests : ObservatoryFixture
{
    private CallerStore Store => Observatory.Store;

    private string Later => Path.Combine(Store.Root, ".astrojobs", "later");

    [Test]
    public void Who_waits_sees_only_the_end_of_the_last_attempt()
    {
        var id = Store.SubmitWith(["--retries", "3", "--retry-delay", "0.1s"], FailUntil(3));
        var ended = Store.Wait(id).Json;
        Assert.Multiple(() =>
        {
            Assert.That(ended.GetProperty("state").GetString(), Is.EqualTo("done"));
            Assert.That(ended.GetProperty("attempt").GetInt32(), Is.EqualTo(3));
            Assert.That(ended.GetProperty("retries_left").GetInt32(), Is.EqualTo(1));
            Assert.That(ended.GetProperty("error").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(ended.GetProperty("last_error").GetProperty("code").GetString(), Is.EqualTo("tool_failed"), "why the second attempt failed");
            foreach (var attempt in (int[])[1, 2])
                Assert.That(Kept(id, attempt).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("tool_failed"));
            Assert.That(Store.Run("log", id, "--attempt", "1").Json.GetProperty("content").GetString(), Does.Contain("Attempt 1 failed (tool_failed); attempt 2 may start at"));
        });
    }

    [Test]
    public void When_no_retry_is_left_the_job_has_failed()
    {
        var id = Store.SubmitWith(["--retries", "1", "--retry-delay", "0"], "false");
        var ended = Store.Wait(id);
        Assert.That((ended.ErrorCode, ended.Json.GetProperty("attempt").GetInt32()), Is.EqualTo(("tool_failed", 2)), ended.Output);
        Assert.That(ended.Json.GetProperty("retries_left").GetInt32(), Is.Zero);
    }

    [Test]
    public void While_it_waits_for_the_next_attempt_it_says_until_when_and_why_and_holds_no_process()
    {
        var id = Store.SubmitWith(["--retries", "1", "--retry-delay", "1h"], "false");
        CallerStore.Eventually(() => Store.Stored(id).GetProperty("attempt").GetInt32() == 2, "the second attempt waits");
        var status = Store.Run("status", id).Json;
        var notBefore = status.GetProperty("not_before").GetString();
        Assert.Multiple(() =>
        {
            Assert.That(status.GetProperty("state").GetString(), Is.EqualTo("queued"));
            Assert.That(status.GetProperty("waiting_for").GetString(), Is.EqualTo($"until:{notBefore}"));
            Assert.That(status.GetProperty("last_error").GetProperty("code").GetString(), Is.EqualTo("tool_failed"));
            Assert.That(Store.Run("status", id, "--output", "text").Output, Does.Contain("tool_failed"));
            CallerStore.Eventually(() => LiveProcesses.OfJob(id).Count == 0, "nothing of it runs");
            CallerStore.Eventually(() => LiveProcesses.OfStore(Store.Root).Count == 1, "the alarm alone keeps the time");
        });
        Assert.That(Store.Run("cancel", id).State, Is.EqualTo("cancelled"));
        Assert.That(Directory.EnumerateFiles(Later), Is.Empty);
    }

    [Test]
    public void A_reason_that_cannot_pass_ends_the_job_at_once()
    {
        var failed = Store.Submit("sh", "-c", $"until test -e '{Store.Beside("go")}'; do sleep 0.05; done; exit 1");
        var id = Store.SubmitWith(["--retries", "3", "--after", failed], "true");
        File.WriteAllText(Store.Beside("go"), "");
        var ended = Store.Wait(id);
        Assert.That((ended.ErrorCode, ended.Json.GetProperty("attempt").GetInt32()), Is.EqualTo(("dependency_failed", 1)));
    }

    [Test]
    public void A_lost_worker_is_replaced_by_the_next_look_and_what_it_started_is_gone()
    {
        var id = Store.SubmitWith(["--retries", "1", "--retry-delay", "0"], "sleep", "600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        var tool = LiveProcesses.OfJob(id, "sleep").Single();
        LiveProcesses.Kill(Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32());
        Store.Run("status", id);
        CallerStore.Eventually(() => Store.Stored(id).GetProperty("attempt").GetInt32() == 2 && LiveProcesses.OfJob(id, "sleep").Any(pid => pid != tool), "the second attempt runs");
        Assert.That(LiveProcesses.OfJob(id, "sleep"), Does.Not.Contain(tool));
        Assert.That(Kept(id, 1).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("worker_lost"));
    }

    [Test]
    public void A_lost_burst_goes_on_at_its_next_frame()
    {
        var burst = Observatory.Submit("submit", "burst", "--count", "2", "--size", "320x240", "--instant", "--interval", "120", "--retries", "1", "--retry-delay", "0");
        CallerStore.Eventually(() => Observatory.Progress(burst, "message") == "Frame 1/2 saved frame-0001.fits", "it has one frame");
        LiveProcesses.Kill(Store.Stored(burst).GetProperty("worker").GetProperty("pid").GetInt32());
        var ended = Store.Wait(burst);
        Assert.That((ended.State, ended.Json.GetProperty("resumed").GetBoolean()), Is.EqualTo(("done", true)), ended.Output);
        Assert.That(Store.Run("result", burst).Json.GetProperty("captured").GetInt32(), Is.EqualTo(2));
    }

    [Test]
    public void What_a_failed_attempt_left_running_is_ended_before_the_next_one()
    {
        var id = Store.SubmitWith(["--retries", "1", "--retry-delay", "0"], "sh", "-c", "setsid sleep 600$ASTROJOBS_ATTEMPT < /dev/null > /dev/null 2>&1 & exit 3");
        Assert.That(Store.Wait(id).Json.GetProperty("attempt").GetInt32(), Is.EqualTo(2));
        Assert.That(LiveProcesses.OfJob(id).Where(static pid => LiveProcesses.CommandLine(pid).Contains("6001")), Is.Empty);
    }

    [Test]
    public void Only_the_end_of_the_job_is_told_to_the_program_of_on_finish()
    {
        var told = Store.Beside("told");
        var id = Store.SubmitWith(["--retries", "1", "--retry-delay", "0", "--on-finish", "sh", "--on-finish", "-c", "--on-finish", $"cat >> '{told}'"], "false");
        Store.Wait(id);
        CallerStore.Eventually(() => File.Exists(told) && File.ReadAllText(told).Contains("\"attempt\":2", StringComparison.Ordinal), "it is told");
        Assert.That(File.ReadAllText(told), Does.Not.Contain("\"attempt\":1"));
    }

    [Test]
    public void A_cancelled_job_is_not_tried_again()
    {
        var id = Store.SubmitWith(["--retries", "3", "--retry-delay", "0"], "sh", "-c", "trap 'exit 3' INT TERM; while :; do sleep 0.05; done");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sh").Count == 1, "the tool runs");
        Assert.That(Store.Run("cancel", id).State, Is.EqualTo("cancelled"));
        Assert.That((Store.StoredState(id), Store.Stored(id).GetProperty("attempt").GetInt32()), Is.EqualTo(("cancelled", 1)));
    }

    [Test]
    public void Who_retries_by_hand_gets_all_retries_anew()
    {
        var id = Store.SubmitWith(["--retries", "1", "--retry-delay", "0"], "false");
        Store.Wait(id);
        Store.Run("retry", id);
        Assert.That(Store.Wait(id).Json.GetProperty("attempt").GetInt32(), Is.EqualTo(4));
    }

    [Test]
    public void A_batch_may_ask_for_retries_too()
    {
        File.WriteAllText(Store.Beside("batch"), "{\"kind\":\"run\",\"program\":[\"false\"],\"retries\":1,\"retry_delay\":\"0s\"}\n");
        var id = Store.Run("submit", "--batch", Store.Beside("batch")).JobId!;
        Assert.That(Store.Wait(id).Json.GetProperty("attempt").GetInt32(), Is.EqualTo(2));
    }

    [TestCase("--retries", "-1")]
    [TestCase("--retries", "101")]
    [TestCase("--retry-delay", "soon")]
    public void A_wrong_number_is_refused(string option, string value) => Store.Run("submit", "run", option, value, "--", "true").MustFail(2, "usage");

    /// <summary>A program that fails until it is run for the given time.</summary>
    private string[] FailUntil(int run) => ["sh", "-c", $"echo x >> '{Store.Beside("runs")}'; test $(wc -l < '{Store.Beside("runs")}') -ge {run}"];

    private JsonElement Kept(string id, int attempt) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Store.Folder(id), "attempts", $"{attempt}", "status.json"))).RootElement;
}
