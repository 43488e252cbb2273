using System.Security.Cryptography;
using AstroJobs.Cli.Tests.Faults;
using AstroJobs.Cli.Tests.Night;
using AstroJobs.Jobs.Faults;
using AstroJobs.Testing;

namespace AstroJobs.Cli.Tests.Cameras;

/// <summary>Jobs that take pictures with the real INDI server.</summary>
public sealed class IndiTests
{
    [Test]
    public void A_burst_takes_frames_and_a_cancel_in_mid_exposure_leaves_the_camera_to_the_next_job()
    {
        using var server = new IndiServer();
        using var observatory = new Observatory();
        var camera = $"indi:127.0.0.1:{server.Port}:CCD Simulator";
        var burst = observatory.Done(observatory.Submit("submit", "burst", "--camera", camera, "--count", "2", "--exposure", "0.1", "--gain", "50", "--binning", "4"));
        Assert.That(observatory.OutputNames(burst), Is.EqualTo(new[] { "frame-0001.fits", "frame-0002.fits", "result.json" }));

        var endless = observatory.Submit("submit", "burst", "--camera", camera, "--count", "2", "--exposure", "50m");
        CallerStore.Eventually(() => observatory.Progress(endless, "phase") == "capture", "it exposes");
        Assert.That(observatory.Store.Run("cancel", endless).State, Is.EqualTo("cancelled"));
        observatory.Done(observatory.Submit("submit", "capture", "--camera", camera, "--exposure", "0.1", "--binning", "4"));
    }

    [Test]
    public void Frames_that_had_come_when_the_worker_was_killed_are_taken_over()
    {
        using var server = new IndiServer();
        using var observatory = new Observatory();
        foreach (var point in new[] { FailPoint.CameraFrameCame, FailPoint.CameraFrameNamed })
        {
            var burst = observatory.Store.RunPlanned($"work/{point}:2", "submit", "burst", "--camera", $"indi:127.0.0.1:{server.Port}:CCD Simulator", "--count", "3", "--exposure", "0.1", "--binning", "4").JobId!;
            observatory.Store.WaitForDeath(burst);
            var came = Directory.EnumerateFiles(observatory.Store.Folder(burst), "*.fits", SearchOption.AllDirectories).Select(Bytes).ToArray();
            Assert.That(came, Has.Length.EqualTo(2), $"{point}");

            Assert.That(observatory.Store.Run("resume", burst).ExitCode, Is.Zero);

            observatory.Done(burst);
            string[] frames = ["frame-0001.fits", "frame-0002.fits", "frame-0003.fits"];
            Assert.That(observatory.OutputNames(burst), Is.EqualTo((string[])[.. frames, "result.json"]));
            Assert.That(observatory.Result(burst).GetProperty("captured").GetInt32(), Is.EqualTo(3));
            Assert.That(frames[..2].Select(name => Bytes(observatory.Output(burst, name))), Is.EquivalentTo(came), $"{point}: they are those that had come");
            Assert.That(came, Has.None.EqualTo(Bytes(observatory.Output(burst, frames[2]))), $"{point}: none is there twice");
        }

        static string Bytes(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
    }
}
