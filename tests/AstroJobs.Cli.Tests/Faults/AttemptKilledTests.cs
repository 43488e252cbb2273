using System.Text.Json;
using AstroJobs.Jobs.Faults;

namespace AstroJobs.Cli.Tests.Faults;

/// <summary>Who makes a new attempt dies at every step: the old attempt stands or the new one is made, and each has one end.</summary>
public sealed class AttemptKilledTests : CallerFixture
{
    private static IEnumerable<FailPoint> Steps => FailPlan.Of("Attempt");

    [TestCaseSource(nameof(Steps))]
    public void A_retry_has_happened_or_not(FailPoint point)
    {
        var id = Store.Submit("false");
        Store.Wait(id);
        Store.RunKilled($"{point}", "retry", id);

        var said = Store.Run("status", id);
        if (point is FailPoint.AttemptRecorded or FailPoint.AttemptQueued)
        {
            Assert.That((said.ErrorCode, Attempt(said.Json)), Is.EqualTo(("tool_failed", 1)));
            Assert.That(Store.Run("retry", id).ExitCode, Is.Zero);
        }
        Assert.That(Attempt(Store.Wait(id).Json), Is.EqualTo(2));
        MustHaveEndedAsToolFailed(id, 1);
        Assert.That(Log(id, 1), Does.Contain("exit code 1"));
        Store.MustBeSound();
    }

    [Test]
    public void An_attempt_whose_maker_died_is_started_by_the_next_call_of_any_verb([Values(FailPoint.AttemptBegun, FailPoint.AttemptTidied)] FailPoint point)
    {
        var id = Store.Submit("false");
        Store.Wait(id);
        Store.RunKilled($"{point}", "retry", id);

        Store.Wait(Store.Submit("true"));

        CallerStore.Eventually(() => Store.StoredState(id) == "error" && Attempt(Store.Stored(id)) == 2, "nobody looked at it");
    }

    [TestCaseSource(nameof(Steps))]
    public void A_worker_that_tries_again_by_itself_has_begun_the_next_attempt_or_that_is_done_by_the_next_look(FailPoint point)
    {
        var said = Store.RunPlanned($"work/{point}", "submit", "run", "--retries", "1", "--retry-delay", "0", "--", "sh", "-c", "echo attempt $ASTROJOBS_ATTEMPT >&2; test $ASTROJOBS_ATTEMPT = 2");
        var id = said.JobId!;
        Store.WaitForDeath(id);

        var ended = Store.Wait(id);
        Assert.That((ended.State, Attempt(ended.Json)), Is.EqualTo(("done", 2)), ended.Output);
        Assert.That(ended.Json.GetProperty("last_error").GetProperty("code").GetString(), Is.EqualTo("tool_failed"), "not worker_lost: it had recorded its end");
        MustHaveEndedAsToolFailed(id, 1);
        Assert.That(Log(id, 1), Does.Contain("attempt 1").And.Not.Contain("attempt 2"));
        Assert.That(Log(id, 2), Does.Contain("attempt 2").And.Not.Contain("attempt 1"));
        Store.MustBeSound();
    }

    private void MustHaveEndedAsToolFailed(string id, int attempt)
    {
        using var kept = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Store.Folder(id), "attempts", $"{attempt}", "status.json")));
        Assert.That((kept.RootElement.GetProperty("error").GetProperty("code").GetString(), Attempt(kept.RootElement)), Is.EqualTo(("tool_failed", attempt)));
    }

    private static int Attempt(JsonElement status) => status.GetProperty("attempt").GetInt32();

    private string Log(string id, int attempt) => Store.Run("log", id, "--attempt", $"{attempt}").Json.GetProperty("content").GetString()!;
}
