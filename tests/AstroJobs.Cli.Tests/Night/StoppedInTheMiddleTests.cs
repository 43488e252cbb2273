using System.Diagnostics;

namespace AstroJobs.Cli.Tests.Night;

/// <summary>Bursts and stacks that are stopped in the middle, by cancel and by death.</summary>
public sealed class StoppedInTheMiddleTests : ObservatoryFixture
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(60); // on a busy machine too; what is waited for takes ten minutes

    [Test]
    public void A_burst_cancelled_in_an_exposure_keeps_the_frames_it_has_and_frees_its_camera()
    {
        var burst = Observatory.Submit("submit", "burst", "--count", "3", "--size", "320x240", "--exposure", "2", "--interval", "600");
        CallerStore.Eventually(() => File.Exists(Observatory.Output(burst, "frame-0001.fits")) && Observatory.Progress(burst, "message") == "Frame 1/3 saved frame-0001.fits", "it has one frame");

        CancelAtOnce(burst);

        Assert.That(Observatory.OutputNames(burst), Is.EqualTo(["frame-0001.fits", "result.json"]));
        Assert.That(File.ReadAllText(Observatory.Output(burst, "result.json")), Does.Contain("\"captured\":1"));
        Observatory.Store.Run("result", burst).MustFail(1, "job_cancelled");
        Observatory.Burst(1);
    }

    [Test]
    public void A_burst_cancelled_in_its_first_long_exposure_ends_at_once()
    {
        var burst = Observatory.Submit("submit", "burst", "--count", "2", "--size", "320x240", "--exposure", "600");
        CallerStore.Eventually(() => Observatory.Store.StoredState(burst) == "processing", "it exposes");

        CancelAtOnce(burst);

        Assert.That(Directory.EnumerateFiles(Observatory.Output(burst)), Is.Empty, "no half frame");
        Observatory.Burst(1);
    }

    [Test]
    public void A_stack_cancelled_in_the_middle_leaves_no_picture_and_frees_its_slot()
    {
        var frames = BigFrames();
        foreach (var phase in (string[])["read", "integrate"])
        {
            var stack = Observatory.Submit("submit", "stack", frames, "--mode", "median");
            CallerStore.Eventually(() => Observatory.Progress(stack, "phase") == phase, $"it is in the phase {phase}");

            CancelAtOnce(stack);

            Assert.That(Directory.EnumerateFileSystemEntries(Observatory.Output(stack)), Is.Empty);
            Assert.That(Directory.EnumerateFiles(Path.Combine(Observatory.Store.Folder(stack), "work")), Is.Empty, "of its scratch only checkpoints stay, if it came to any");
        }
        Observatory.Stack(Observatory.Frames(2));
    }

    [Test]
    public void A_stack_whose_worker_is_killed_is_worker_lost_at_the_next_look()
    {
        var stack = Observatory.Submit("submit", "stack", BigFrames(), "--mode", "median");
        CallerStore.Eventually(() => Observatory.Progress(stack, "phase") is "read" or "register" or "integrate", "it works");

        LiveProcesses.Kill(Observatory.Store.Stored(stack).GetProperty("worker").GetProperty("pid").GetInt32());

        var said = Observatory.Store.Run("status", stack);
        Assert.That((said.ExitCode, said.State, said.ErrorCode), Is.EqualTo((0, "error", "worker_lost")));
        Assert.That(File.Exists(Observatory.Output(stack, "result.json")), Is.False);
        Observatory.Stack(Observatory.Frames(2));
    }

    private void CancelAtOnce(string id)
    {
        var watch = Stopwatch.StartNew();
        var said = Observatory.Store.Run("cancel", id);
        Assert.Multiple(() =>
        {
            Assert.That((said.ExitCode, said.State), Is.EqualTo((0, "cancelled")), said.Output);
            Assert.That(watch.Elapsed, Is.LessThan(AtOnce));
            Assert.That(Observatory.Store.StoredState(id), Is.EqualTo("cancelled"));
            Assert.That(LiveProcesses.OfJob(id), Is.Empty, "no process is left");
        });
    }

    /// <summary>The same few frames again and again under many names: a stack of them lasts seconds.</summary>
    private string BigFrames()
    {
        var taken = Observatory.Output(Observatory.Done(Observatory.Submit("submit", "burst", "--count", "2", "--size", "2000x1500", "--instant")));
        var folder = Directory.CreateDirectory(Observatory.Store.Beside("lights")).FullName;
        for (var i = 0; i < 100; i++)
            File.CreateSymbolicLink(Path.Combine(folder, $"light-{i:000}.fits"), Path.Combine(taken, $"frame-000{(i % 2) + 1}.fits"));
        return folder;
    }
}
