using AstroJobs.Cli.Tests.Night;

namespace AstroJobs.Cli.Tests.Attempts;

/// <summary><c>resume</c> and <c>checkpoints</c>: a burst goes on at its next frame.</summary>
public sealed class ResumeTests : ObservatoryFixture
{
    private CallerStore Store => Observatory.Store;

    [Test]
    public void A_cancelled_burst_goes_on_at_the_next_frame_and_keeps_those_it_has()
    {
        var burst = HalfBurst();
        Assert.That(Store.Run("cancel", burst).State, Is.EqualTo("cancelled"));
        var taken = File.GetLastWriteTimeUtc(Observatory.Output(burst, "frame-0001.fits"));

        var said = Store.Run("resume", burst);

        Assert.That((said.ExitCode, said.Json.GetProperty("attempt").GetInt32()), Is.EqualTo((0, 2)), said.Output);
        var ended = Store.Wait(burst);
        Assert.Multiple(() =>
        {
            Assert.That((ended.State, ended.Json.GetProperty("resumed").GetBoolean()), Is.EqualTo(("done", true)), ended.Output);
            Assert.That(Store.Run("result", burst).Json.GetProperty("captured").GetInt32(), Is.EqualTo(2));
            Assert.That(Observatory.OutputNames(burst), Is.EqualTo(["frame-0001.fits", "frame-0002.fits", "result.json"]));
            Assert.That(File.GetLastWriteTimeUtc(Observatory.Output(burst, "frame-0001.fits")), Is.EqualTo(taken), "it was not taken again");
            Assert.That(File.ReadAllText(Path.Combine(Store.Folder(burst), "attempts", "1", "output", "result.json")), Does.Contain("\"captured\":1"));
            CallerStore.Eventually(() => !Directory.Exists(Path.Combine(Store.Folder(burst), "work")), "checkpoints go with the end");
        });
    }

    [Test]
    public void A_burst_whose_worker_was_killed_goes_on_too()
    {
        var burst = HalfBurst();
        LiveProcesses.Kill(Store.Stored(burst).GetProperty("worker").GetProperty("pid").GetInt32());
        Assert.That(Store.Run("resume", burst).ExitCode, Is.Zero);
        Assert.That(Store.Wait(burst).State, Is.EqualTo("done"));
        Assert.That(Store.Run("log", burst).Json.GetProperty("content").GetString(), Does.Contain("Frame 2/2 saved").And.Not.Contain("Frame 1/2 saved"));
    }

    [Test]
    public void A_burst_that_is_retried_begins_anew()
    {
        var burst = HalfBurst();
        Store.Run("cancel", burst);
        Store.Run("retry", burst);
        CallerStore.Eventually(() => Observatory.Progress(burst, "message") == "Frame 1/2 saved frame-0001.fits", "it takes the first frame again");
        Assert.That(Directory.EnumerateFiles(Path.Combine(Store.Folder(burst), "attempts", "1", "output")).Select(Path.GetFileName), Is.EquivalentTo(["frame-0001.fits", "result.json"]));
    }

    [Test]
    public void A_kind_without_checkpoints_and_a_job_that_is_done_do_not_go_on()
    {
        var (failed, done) = (Store.Submit("false"), Store.Submit("true"));
        Store.Wait(failed, done);
        Store.Run("resume", failed).MustFail(6, "not_resumable");
        Store.Run("resume", done).MustFail(6, "not_resumable");
        var said = Store.Run("resume", "--kind", "run", "--state", "error");
        Assert.That((said.ExitCode, said.Json.GetProperty("jobs").GetArrayLength()), Is.EqualTo((6, 1)), said.Output);
        Assert.That(Store.Stored(failed).GetProperty("attempt").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public void Checkpoints_are_listed_shown_and_deleted()
    {
        var burst = HalfBurst();
        Store.Run("checkpoints", "delete", burst).MustFail(6, "job_running");
        Store.Run("cancel", burst);

        var list = Store.Run("checkpoints", "list", burst).Json.GetProperty("checkpoints");
        var latest = Store.Run("checkpoints", "latest", burst).Json;
        Assert.Multiple(() =>
        {
            Assert.That(list.GetArrayLength(), Is.EqualTo(1));
            Assert.That(list[0].GetProperty("number").GetInt32(), Is.EqualTo(1));
            Assert.That(list[0].GetProperty("bytes").GetInt64(), Is.GreaterThan(0));
            Assert.That(latest.GetProperty("number").GetInt32(), Is.EqualTo(1));
            Assert.That(latest.GetProperty("checkpoint").GetProperty("frames").GetInt32(), Is.EqualTo(1));
            Assert.That(Store.Run("checkpoints", "show", burst, "--number", "1").Json.GetRawText(), Is.EqualTo(latest.GetRawText()));
        });
        Store.Run("checkpoints", "show", burst, "--number", "7").MustFail(3, "checkpoint_not_found");
        Store.Run("checkpoints", "delete", burst, "--number", "7").MustFail(3, "checkpoint_not_found");
        Assert.That(Store.Run("checkpoints", "delete", burst).Json.GetProperty("deleted").GetInt32(), Is.EqualTo(1));
        Store.Run("checkpoints", "latest", burst).MustFail(3, "checkpoint_not_found");
        Assert.That(Store.Run("checkpoints", "list", burst).Json.GetProperty("checkpoints").GetArrayLength(), Is.Zero);

        var taken = File.GetLastWriteTimeUtc(Observatory.Output(burst, "frame-0001.fits"));
        Store.Run("resume", burst);
        Assert.That(Observatory.Result(Observatory.Done(burst)).GetProperty("captured").GetInt32(), Is.EqualTo(2));
        Assert.That(File.GetLastWriteTimeUtc(Observatory.Output(burst, "frame-0001.fits")), Is.EqualTo(taken), "also without a checkpoint, a frame that came is not taken again");
    }

    /// <summary>A burst of two frames that has one and waits for the time of the other.</summary>
    private string HalfBurst()
    {
        var burst = Observatory.Submit("submit", "burst", "--count", "2", "--size", "320x240", "--instant", "--interval", "120");
        CallerStore.Eventually(() => Observatory.Progress(burst, "message") == "Frame 1/2 saved frame-0001.fits", "it has one frame");
        return burst;
    }
}
