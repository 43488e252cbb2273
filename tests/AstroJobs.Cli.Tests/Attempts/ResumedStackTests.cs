using AstroJobs.Cli.Tests.Faults;
using AstroJobs.Cli.Tests.Night;
using AstroJobs.Jobs.Faults;

namespace AstroJobs.Cli.Tests.Attempts;

/// <summary>A stack whose worker is killed goes on where it was, to the same picture.</summary>
public sealed class ResumedStackTests : ObservatoryFixture
{
    private CallerStore Store => Observatory.Store;

    [TestCase(FailPoint.StackFrameKept, 3, "resume")]
    [TestCase(FailPoint.StackStripKept, 2, "resume")]
    [TestCase(FailPoint.StackFrameKept, 2, "recover")]
    public void A_killed_stack_goes_on_to_the_same_picture(FailPoint point, int count, string verb)
    {
        var burst = Observatory.Submit("submit", "burst", "--count", "4", "--size", "320x240", "--instant", "--format", "png");
        Store.Wait(burst);
        var whole = Observatory.Submit("submit", "stack", Observatory.Output(burst), "--checkpoint-every", "0");
        Assert.That(Store.Wait(whole).State, Is.EqualTo("done"));

        var said = Store.RunPlanned($"work/{point}:{count}", "submit", "stack", Observatory.Output(burst), "--checkpoint-every", "0");
        var killed = said.JobId!;
        Store.WaitForDeath(killed);
        if (verb == "resume")
        {
            Assert.That(Store.Run("checkpoints", "latest", killed).Json.GetProperty("checkpoint").GetProperty("frames").GetInt32(), Is.EqualTo(point == FailPoint.StackFrameKept ? count : 4));
            Assert.That(Store.Run("resume", killed).ExitCode, Is.Zero);
        }
        else
        {
            Store.Run("recover");
        }
        var ended = Store.Wait(killed);
        Assert.Multiple(() =>
        {
            Assert.That((ended.State, ended.Json.GetProperty("attempt").GetInt32()), Is.EqualTo(("done", 2)), ended.Output);
            Assert.That(File.ReadAllBytes(Observatory.Output(killed, "stack.fits")), Is.EqualTo(File.ReadAllBytes(Observatory.Output(whole, "stack.fits"))));
            Assert.That(Observatory.OutputNames(killed), Is.EqualTo(Observatory.OutputNames(whole)));
            Assert.That(Store.Run("log", killed).Json.GetProperty("content").GetString(), Does.Contain("kept from the run before"));
        });
    }

    [Test]
    public void A_landscape_killed_in_each_of_its_passes_comes_to_the_same_picture()
    {
        var burst = Observatory.Submit("submit", "burst", "--count", "4", "--size", "320x240", "--instant", "--format", "png");
        Store.Wait(burst);
        string[] request = ["submit", "stack", Observatory.Output(burst), "--foreground", "--checkpoint-every", "0"];
        var whole = Observatory.Submit(request);
        Assert.That(Store.Wait(whole).State, Is.EqualTo("done"));

        var killed = Store.RunPlanned($"work/{FailPoint.StackGroundKept}:2", request).JobId!;
        Store.WaitForDeath(killed);
        foreach (var (point, part) in new[] { (FailPoint.StackMaskKept, "mask"), (FailPoint.StackSkyKept, "sky") })
        {
            Assert.That(Store.RunPlanned($"work/{point}", "resume", killed).ExitCode, Is.Zero);
            Store.WaitForDeath(killed);
            Assert.That(Store.Run("checkpoints", "latest", killed).Json.GetProperty("checkpoint").GetProperty("part").GetString(), Is.EqualTo(part));
        }
        Assert.That(Store.Run("resume", killed).ExitCode, Is.Zero);

        var ended = Store.Wait(killed);
        Assert.That((ended.State, ended.Json.GetProperty("attempt").GetInt32()), Is.EqualTo(("done", 4)), ended.Output);
        Assert.That(File.ReadAllBytes(Observatory.Output(killed, "stack.fits")), Is.EqualTo(File.ReadAllBytes(Observatory.Output(whole, "stack.fits"))));
        Assert.That(Observatory.OutputNames(killed), Is.EqualTo(Observatory.OutputNames(whole)));
    }
}
