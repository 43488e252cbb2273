using System.Diagnostics;

namespace AstroJobs.Cli.Tests.Faults;

/// <summary>Cancel works in every state and leaves no process behind.</summary>
public sealed class CancelTests : CallerFixture
{
    // READY is a file that tells that the traps are set.
    private static readonly TestCaseData<string>[] Stubborn =
    [
        new("touch READY; exec sleep 600") { TestName = "an obedient one" },
        new("trap '' INT TERM; touch READY; while :; do sleep 0.05; done") { TestName = "one that ignores INT and TERM" },
        new("setsid sh -c 'touch READY; exec sleep 600' & wait") { TestName = "one with a grandchild in another session" },
        new("setsid sh -c 'trap \"\" INT TERM; touch READY; while :; do sleep 0.05; done' & wait") { TestName = "one with a stubborn grandchild in another session" },
        new("touch READY; kill -STOP $$") { TestName = "a stopped one" },
        new("trap 'exit 0' INT; touch READY; while :; do sleep 0.05; done") { TestName = "one that exits 0 on INT" },
    ];

    [TestCaseSource(nameof(Stubborn))]
    public void A_cancelled_program_is_gone_with_all_it_started(string script)
    {
        var ready = Store.Beside("ready");
        var id = Store.Submit("bash", "-c", script.Replace("READY", $"'{ready}'", StringComparison.Ordinal));
        CallerStore.Eventually(() => File.Exists(ready), "it is ready");
        var said = Store.Run("cancel", id);
        Assert.Multiple(() =>
        {
            Assert.That((said.ExitCode, said.State), Is.EqualTo((0, "cancelled")), said.Output);
            Assert.That(LiveProcesses.OfJob(id).Select(LiveProcesses.CommandLine), Is.Empty);
            Assert.That(Store.StoredState(id), Is.EqualTo("cancelled"));
            Assert.That(Store.Wait(Store.Submit("true")).ExitCode, Is.Zero, "the slot is free");
        });
    }

    [Test]
    public void A_stopped_worker_is_cancelled_too()
    {
        var id = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        LiveProcesses.Kill(Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32(), "STOP");
        Assert.That(Store.Run("cancel", id).State, Is.EqualTo("cancelled"));
        Assert.That(LiveProcesses.OfJob(id), Is.Empty);
    }

    [Test]
    public void A_starting_job_is_cancelled_at_whatever_moment()
    {
        for (var i = 0; i < 8; i++)
        {
            var id = Store.Submit("sleep", "600");
            for (var watch = Stopwatch.StartNew(); watch.ElapsedMilliseconds < i * 12;)
                Thread.Yield();
            var said = Store.Run("cancel", id);
            Assert.That((said.ExitCode, said.State), Is.EqualTo((0, "cancelled")), said.Output);
            CallerStore.Eventually(() => LiveProcesses.OfJob(id).Count == 0, "nothing is left");
            Assert.That(Store.StoredState(id), Is.EqualTo("cancelled"));
        }
    }

    [Test]
    public void Two_cancels_at_once_agree()
    {
        var id = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        var said = new Said[4];
        Parallel.For(0, said.Length, i => said[i] = Store.Run("cancel", id));
        Assert.Multiple(() =>
        {
            Assert.That(said.Select(static one => one.State), Has.All.EqualTo("cancelled"), string.Concat(said.Select(static one => one.Output)));
            Assert.That(said.Select(static one => one.ExitCode), Has.All.EqualTo(0).Or.All.EqualTo(6).Or.Some.EqualTo(0), "0, or 6 for one that came too late");
            Assert.That(LiveProcesses.OfJob(id), Is.Empty);
        });
    }

    [Test]
    public void The_job_behind_a_cancelled_one_starts_and_is_not_lost()
    {
        for (var i = 0; i < 4; i++)
        {
            var (first, second) = (Store.Submit("sleep", "600"), Store.Submit("true"));
            Assert.That(Store.Run("cancel", first).State, Is.EqualTo("cancelled"));
            Assert.That(Store.Wait(second).State, Is.EqualTo("done"));
        }
    }

    [Test]
    public void A_worker_that_is_told_to_end_by_a_stranger_says_interrupted()
    {
        var id = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        LiveProcesses.Kill(Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32(), "TERM");
        var said = Store.Wait(id);
        Assert.That((said.State, said.ErrorCode), Is.EqualTo(("error", "interrupted")));
        Assert.That(LiveProcesses.OfJob(id), Is.Empty);
    }
}
