namespace AstroJobs.Cli.Tests.Queueing;

/// <summary><c>submit --after-any</c>, alone and in chains with <c>--after</c>.</summary>
public sealed class AfterAnyTests : IDisposable
{
    private readonly CallerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Test]
    public void After_any_waits_for_the_end_however_it_is_and_prune_leaves_what_is_waited_for()
    {
        var gate = _store.Beside("gate");
        var failed = _store.SubmitWith(["--slot", "none"], "false");
        var running = _store.SubmitWith(["--slot", "none"], "sh", "-c", $"{Until(gate)}; exit 1");
        Assert.That(_store.Wait(failed).ExitCode, Is.EqualTo(1));
        var next = _store.SubmitWith(["--after-any", failed, "--after-any", running], "true");
        Assert.That(_store.Run("status", next).Json.GetProperty("waiting_for").GetString(), Is.EqualTo($"after:{running}"));
        _store.Run("submit", "run", "--if-busy", "fail", "--after-any", running, "--", "true").MustFail(5, "busy");
        Assert.That(_store.Run("prune", "--keep", "0").Json.GetProperty("pruned").GetArrayLength(), Is.Zero);
        File.WriteAllText(gate, "");
        Assert.That(_store.Wait(next).ExitCode, Is.Zero);
        _store.Run("submit", "run", "--after-any", "0193", "--", "true").MustFail(3, "job_not_found");
    }

    [Test]
    public void After_any_starts_at_the_deletion_of_what_it_waits_for()
    {
        var first = _store.SubmitWith(["--slot", "none", "--start-at", "1h"], "true");
        var next = _store.SubmitWith(["--after-any", first], "true");
        Assert.That(_store.Run("delete", first).ExitCode, Is.Zero);
        Assert.That(_store.Wait(next).ExitCode, Is.Zero);
    }

    [Test]
    public void A_failure_ends_those_that_need_it_done_and_a_chain_goes_on_where_only_the_end_matters()
    {
        var gate = _store.Beside("gate");
        var first = _store.SubmitWith(["--slot", "none"], "sh", "-c", $"{Until(gate)}; exit 1");
        var needs = _store.SubmitWith(["--after", first], "true");
        var needsThat = _store.SubmitWith(["--after", needs], "true");
        var regardless = _store.SubmitWith(["--after-any", needsThat], "true");
        var both = _store.SubmitWith(["--after-any", first, "--after", regardless], "true");
        File.WriteAllText(gate, "");
        CallerStore.Eventually(() => _store.StoredState(both) == "done", "the chain runs to its end, no verb run");
        Assert.Multiple(() =>
        {
            foreach (var id in (string[])[needs, needsThat])
                Assert.That(_store.Stored(id).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("dependency_failed"));
            Assert.That(_store.StoredState(regardless), Is.EqualTo("done"));
        });
    }

    private static string Until(string gate) => $"while [ ! -e '{gate}' ]; do sleep 0.1; done";
}
