using AstroJobs.Cli.Tests.Night;
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
}
