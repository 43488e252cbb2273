using AstroJobs.Cli.Tests.Faults;
using AstroJobs.Jobs.Faults;
using AstroJobs.Testing;

namespace AstroJobs.Cli.Tests.Night;

/// <summary><c>submit stack --live</c> beside whoever takes the frames.</summary>
public sealed class LiveStackTests : ObservatoryFixture
{
    private CallerStore Store => Observatory.Store;

    [Test]
    public void It_follows_a_burst_to_its_end_and_nothing_else_waits_for_it()
    {
        var burst = Observatory.Submit("submit", "burst", "--count", "6", "--size", "320x240", "--instant", "--interval", "0.3");
        var live = Observatory.Submit("submit", "stack", "--live", "--from-job", burst);
        Assert.That(Store.Wait(live).State, Is.EqualTo("done"));
        Assert.That(Store.Run("status", burst).State, Is.EqualTo("done"));
        var result = Observatory.Result(live);
        Assert.Multiple(() =>
        {
            Assert.That((result.GetProperty("requested").GetInt32(), result.GetProperty("used").GetInt32()), Is.EqualTo((6, 6)));
            Assert.That(Observatory.OutputNames(live), Is.EqualTo(["preview.jpg", "report.html", "result.json", "stack.fits", "thumbnail.jpg"]));
        });
    }

    [Test]
    public void Files_copied_slowly_into_a_folder_are_added_whole_and_a_cancel_keeps_the_picture()
    {
        var frames = Directory.GetFiles(Observatory.Frames(3), "*.fits").Order().ToArray();
        var folder = Directory.CreateDirectory(Store.Beside("incoming")).FullName;
        var live = Observatory.Submit("submit", "stack", "--live", folder);
        File.Copy(frames[0], Path.Combine(folder, "a.fits"));
        CallerStore.Eventually(() => Observatory.Progress(live, "message")?.StartsWith("1 frames", StringComparison.Ordinal) == true, "the first is in");
        var bytes = File.ReadAllBytes(frames[1]);
        using (var slow = File.Create(Path.Combine(folder, "b.fits")))
        {
            slow.Write(bytes.AsSpan(..(bytes.Length / 2)));
            slow.Flush();
            File.Copy(frames[2], Path.Combine(folder, "c.fits"));
            CallerStore.Eventually(() => Observatory.Progress(live, "message")?.Contains("c.fits added", StringComparison.Ordinal) == true, "a later one overtakes it");
            slow.Write(bytes.AsSpan(bytes.Length / 2));
        }
        CallerStore.Eventually(() => Observatory.Progress(live, "message")?.StartsWith("3 frames", StringComparison.Ordinal) == true, "all are in");
        CallerStore.Eventually(() => File.Exists(Observatory.Output(live, "result.json")) && File.ReadAllText(Observatory.Output(live, "result.json")).Contains("\"used\":3", StringComparison.Ordinal), "the picture follows");
        Assert.That(Store.Run("cancel", live).State, Is.EqualTo("cancelled"));
        Assert.That(Observatory.OutputNames(live), Does.Contain("stack.fits"));
        Assert.That(File.ReadAllText(Observatory.Output(live, "result.json")), Does.Contain("\"left_out\":[]"));
    }

    [Test]
    public void A_killed_one_goes_on_and_ends_when_nothing_comes()
    {
        var frames = Observatory.Frames(5);
        using var torn = new TornName(frames); // it can never be read: nothing waits for it
        var live = Store.RunPlanned($"work/{FailPoint.StackFrameKept}:3", "submit", "stack", "--live", frames, "--live-until", "2", "--checkpoint-every", "0").JobId!;
        Store.WaitForDeath(live);
        Assert.That(Store.Run("resume", live).ExitCode, Is.Zero);
        Assert.That(Store.Wait(live).State, Is.EqualTo("done"));
        Assert.That(Observatory.Result(live).GetProperty("used").GetInt32(), Is.EqualTo(5));
        Assert.That(Store.Run("log", live).Json.GetProperty("content").GetString(), Does.Not.Contain("frame-0002.fits added").And.Match(@"torn.*\.fits: its name holds bytes that are no UTF-8"));
    }

    [TestCase("--mode", "median")]
    [TestCase("--weights", "noise")]
    [TestCase("--live-until", "0")]
    public void What_needs_all_frames_at_once_is_refused(params string[] options) =>
        Store.Run(["submit", "stack", "--live", Store.Root, .. options]).MustFail(2, "bad_input");
}
