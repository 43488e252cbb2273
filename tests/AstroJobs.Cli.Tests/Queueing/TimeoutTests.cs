namespace AstroJobs.Cli.Tests.Queueing;

/// <summary><c>submit --timeout</c>: a job that takes longer is stopped with all that it started.</summary>
public sealed class TimeoutTests : CallerFixture
{
    private static readonly TestCaseData<string>[] Endless =
    [
        new("exec sleep 600") { TestName = "an obedient one" },
        new("trap '' INT TERM; while :; do sleep 0.1; done") { TestName = "one that ignores INT and TERM" },
        new("trap 'exit 0' INT; while :; do sleep 0.1; done") { TestName = "one that exits 0 on INT" },
        new("setsid sh -c 'trap \"\" INT TERM; while :; do sleep 0.1; done' & wait") { TestName = "one with a stubborn grandchild in another session" },
        new("env -u ASTROJOBS_TOOL sh -c 'trap \"\" INT TERM; while :; do sleep 0.1; done' & exec sleep 600") { TestName = "one with a grandchild that does not tell whose it is" },
    ];

    [TestCaseSource(nameof(Endless))]
    public void A_job_whose_time_is_over_is_gone_with_all_it_started(string script)
    {
        var id = Store.SubmitWith(["--timeout", "0.5s"], "bash", "-c", script);
        Assert.That(Store.Wait(id).ExitCode, Is.EqualTo(1));
        CallerStore.Eventually(() => LiveProcesses.OfJob(id).Count == 0, "nothing is left, its worker has started who is next");
        Assert.Multiple(() =>
        {
            Assert.That(Store.Stored(id).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("timeout"));
            Assert.That(Store.Stored(id).GetProperty("error").GetProperty("message").GetString(), Does.Contain("0.5 s"));
            Assert.That(Store.Wait(Store.Submit("true")).ExitCode, Is.Zero, "the slot is free");
        });
    }

    [Test]
    public void A_job_that_ends_in_time_is_as_ever_and_each_attempt_has_the_whole_time()
    {
        Assert.That(Store.Wait(Store.SubmitWith(["--timeout", "1h30m"], "true")).ExitCode, Is.Zero);
        var gate = Store.Beside("gate");
        var id = Store.SubmitWith(["--timeout", "1h"], "sh", "-c", $"[ -e '{gate}' ]");
        Assert.That(Store.Wait(id).ErrorCode, Is.Not.EqualTo("timeout"));
        File.WriteAllText(gate, "");
        Assert.That(Store.Run("retry", id).ExitCode, Is.Zero);
        Assert.That(Store.Wait(id).State, Is.EqualTo("done"));
    }

    [Test]
    public void A_kind_that_works_by_itself_is_stopped_too()
    {
        var id = Store.Run("submit", "burst", "--count", "2", "--interval", "10m", "--size", "64x64", "--timeout", "1s").JobId!;
        Assert.That(Store.Wait(id).ExitCode, Is.EqualTo(1));
        Assert.That(Store.Stored(id).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("timeout"));
    }

    [TestCase("0")]
    [TestCase("31d")]
    [TestCase("soon")]
    public void A_time_that_cannot_be_kept_is_refused(string timeout)
    {
        Store.Run("submit", "run", "--timeout", timeout, "--", "true").MustFail(2, "usage");
        Assert.That(Store.Run("list").Json.GetProperty("jobs").GetArrayLength(), Is.Zero);
    }
}
