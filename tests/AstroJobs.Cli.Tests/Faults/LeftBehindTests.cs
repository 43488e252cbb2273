namespace AstroJobs.Cli.Tests.Faults;

/// <summary>What a killed worker had started is gone soon, however stubborn, and its slot is not given away before.</summary>
public sealed class LeftBehindTests : CallerFixture
{
    // READY is a file that tells that the traps are set.
    private static readonly TestCaseData<string>[] Tools =
    [
        new("touch READY; exec sleep 600") { TestName = "an obedient tool" },
        new("trap '' INT; touch READY; while :; do sleep 0.05; done") { TestName = "a tool that ignores INT" },
        new("trap '' INT TERM; touch READY; while :; do sleep 0.05; done") { TestName = "a tool that ignores INT and TERM" },
        new("setsid sh -c 'trap \"\" INT TERM; touch READY; while :; do sleep 0.05; done' & wait") { TestName = "a stubborn grandchild in another session" },
        new("trap '' INT TERM; exec <&- >&- 2>&-; touch READY; kill -STOP $$; while :; do sleep 0.05; done") { TestName = "a stopped tool without stdio" },
    ];

    [TestCaseSource(nameof(Tools))]
    public void It_is_gone_after_the_grace_and_then_the_next_job_starts(string script)
    {
        var id = SubmitReady(script);
        LiveProcesses.Kill(WorkerOf(id));
        var next = Store.Submit("bash", "-c", SeesNothingOf(id));
        Assert.That(Store.Run("status", id).ErrorCode, Is.EqualTo("worker_lost"));
        Assert.That(Store.Wait(next).State, Is.EqualTo("done"), "it saw no tool of the lost job");
        Assert.That(LiveProcesses.OfJob(id), Is.Empty);
        Assert.That(Store.Wait(Store.Submit("true")).State, Is.EqualTo("done"), "the slot is free");
    }

    [Test]
    public void Who_submits_first_after_the_death_does_not_get_the_slot_while_the_tool_lives()
    {
        var id = SubmitReady("trap '' INT TERM; touch READY; while :; do sleep 0.05; done");
        LiveProcesses.Kill(WorkerOf(id));
        Store.WaitForDeath(id);

        var next = Store.Submit("bash", "-c", SeesNothingOf(id));

        Assert.That(Store.StoredState(id), Is.EqualTo("error"), "that submit looked");
        Assert.That(Store.Wait(next).State, Is.EqualTo("done"), "it saw no tool of the lost job");
        Assert.That(LiveProcesses.OfJob(id), Is.Empty);
    }

    [Test]
    public void A_submit_that_must_start_at_once_is_told_who_is_in_the_way()
    {
        var id = SubmitReady("trap '' INT TERM; touch READY; while :; do sleep 0.05; done");
        LiveProcesses.Kill(WorkerOf(id));
        Store.WaitForDeath(id);

        var said = Store.Run("submit", "run", "--if-busy", "fail", "--", "true");

        said.MustFail(5, "busy");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id).Count == 0, "it is ended all the same");
        CallerStore.Eventually(() => Store.Run("submit", "run", "--if-busy", "fail", "--", "true").ExitCode == 0, "then there is room");
    }

    [Test]
    public void Neither_the_next_attempt_nor_another_job_starts_while_it_lives()
    {
        var ready = Store.Beside("ready");
        var id = Store.SubmitWith(["--retries", "1", "--retry-delay", "0"], "bash", "-c", $"[ $ASTROJOBS_ATTEMPT = 1 ] || {{ {LivesOn("$ASTROJOBS_JOB_ID")} && exit 1; exit 0; }}; trap '' INT TERM; touch '{ready}'; while :; do sleep 0.05; done");
        CallerStore.Eventually(() => File.Exists(ready), "it is ready");
        LiveProcesses.Kill(WorkerOf(id));
        Store.WaitForDeath(id);

        var next = Store.Submit("bash", "-c", $"{LivesOn(id)} && exit 1; exit 0");

        Assert.That(Store.Wait(id, next).ExitCode, Is.Zero);
        Assert.That((Store.Stored(id).GetProperty("attempt").GetInt32(), Store.Stored(id).GetProperty("last_error").GetProperty("code").GetString()), Is.EqualTo((2, "worker_lost")));

        static string LivesOn(string job) => $"[ -n \"$(grep -lzsx ASTROJOBS_JOB_ID={job} /proc/[0-9]*/environ | xargs -r grep -lzsx ASTROJOBS_ATTEMPT=1)\" ]";
    }

    [Test]
    public void A_cancel_does_not_wait_for_the_grace()
    {
        var id = SubmitReady("trap '' INT TERM; touch READY; while :; do sleep 0.05; done");
        LiveProcesses.Kill(WorkerOf(id));
        Assert.That(Store.Run("status", id).ErrorCode, Is.EqualTo("worker_lost"));

        Store.Run("cancel", id).MustFail(6, "not_cancellable");

        Assert.That(LiveProcesses.OfJob(id), Is.Empty);
    }

    private string SubmitReady(string script)
    {
        var ready = Store.Beside("ready");
        var id = Store.Submit("bash", "-c", script.Replace("READY", $"'{ready}'", StringComparison.Ordinal));
        CallerStore.Eventually(() => File.Exists(ready), "it is ready");
        return id;
    }

    /// <summary>Fails while anything of the job lives.</summary>
    private static string SeesNothingOf(string id) => $"grep -lzsx 'ASTROJOBS_JOB_ID={id}' /proc/[0-9]*/environ && exit 1; exit 0";

    private int WorkerOf(string id) => Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32();
}
