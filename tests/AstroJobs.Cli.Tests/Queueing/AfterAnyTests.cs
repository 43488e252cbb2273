namespace AstroJobs.Cli.Tests.Queueing;

/// <summary><c>submit --after-any</c>, alone and in chains with <c>--after</c>.</summary>
public sealed class AfterAnyTests : CallerFixture
{
    [Test]
    public void After_any_waits_for_the_end_however_it_is_and_prune_leaves_what_is_waited_for()
    {
        var gate = Store.Beside("gate");
        var failed = Store.SubmitWith(["--slot", "none"], "false");
        var running = Store.SubmitWith(["--slot", "none"], "sh", "-c", $"{Until(gate)}; exit 1");
        Assert.That(Store.Wait(failed).ExitCode, Is.EqualTo(1));
        var next = Store.SubmitWith(["--after-any", failed, "--after-any", running], "true");
        Assert.That(Store.Run("status", next).Json.GetProperty("waiting_for").GetString(), Is.EqualTo($"after:{running}"));
        Store.Run("submit", "run", "--if-busy", "fail", "--after-any", running, "--", "true").MustFail(5, "busy");
        Assert.That(Store.Run("prune", "--keep", "0").Json.GetProperty("pruned").GetArrayLength(), Is.Zero);
        File.WriteAllText(gate, "");
        Assert.That(Store.Wait(next).ExitCode, Is.Zero);
        Store.Run("submit", "run", "--after-any", "0193", "--", "true").MustFail(3, "job_not_found");
    }

    [Test]
    public void After_any_starts_at_the_deletion_of_what_it_waits_for()
    {
        var first = Store.SubmitWith(["--slot", "none", "--start-at", "1h"], "true");
        var next = Store.SubmitWith(["--after-any", first], "true");
        Assert.That(Store.Run("delete", first).ExitCode, Is.Zero);
        Assert.That(Store.Wait(next).ExitCode, Is.Zero);
    }

    [Test]
    public void A_failure_ends_those_that_need_it_done_and_a_chain_goes_on_where_only_the_end_matters()
    {
        var gate = Store.Beside("gate");
        var first = Store.SubmitWith(["--slot", "none"], "sh", "-c", $"{Until(gate)}; exit 1");
        var needs = Store.SubmitWith(["--after", first], "true");
        var needsThat = Store.SubmitWith(["--after", needs], "true");
        var regardless = Store.SubmitWith(["--after-any", needsThat], "true");
        var both = Store.SubmitWith(["--after-any", first, "--after", regardless], "true");
        File.WriteAllText(gate, "");
        CallerStore.Eventually(() => Store.StoredState(both) == "done", "the chain runs to its end, no verb run");
        Assert.Multiple(() =>
        {
            foreach (var id in (string[])[needs, needsThat])
                Assert.That(Store.Stored(id).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("dependency_failed"));
            Assert.That(Store.StoredState(regardless), Is.EqualTo("done"));
        });
    }

    private static string Until(string gate) => $"while [ ! -e '{gate}' ]; do sleep 0.1; done";
}
