using System.Diagnostics;
using System.Globalization;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Sky;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Cameras.Simulated;

/// <summary>What the real plate solver (astrometry.net, with Debian's astrometry-data-tycho2-10-19) says of our frames.</summary>
public sealed class PlateSolvingTests
{
    [TestCase(83.9, -3.2, 0.0, "fits")]
    [TestCase(83.9, -3.2, 0.0, "jpg")]
    [TestCase(310.0, 42.0, 130.0, "fits")]
    [CancelAfter(90_000)]
    public async Task A_frame_is_solved_to_where_the_camera_looked(double ra, double dec, double angle, string format, CancellationToken cancellation)
    {
        using var folder = new TempFolder();
        var settings = new SimulatedCameraSettings { RaDeg = ra, DecDeg = dec, AngleDeg = angle, Instant = true };
        await using var camera = new SimulatedCamera(settings, TimeProvider.System);
        var frame = (await camera.ExposeAsync(new ExposureRequest(0, TimeSpan.FromSeconds(5), FrameType.Light, folder.Path, "frame", format), cancellation)).Single();

        await RunAsync("solve-field", folder.Path, cancellation,
            "--overwrite", "--no-plots", "--cpulimit", "40", "--downsample", "2", "-u", "dw", "-L", "9", "-H", "15", "--temp-dir", folder.Path, "--dir", folder.Path, frame.Path);

        Assert.That(File.Exists(folder.File("frame.wcs")), Is.True, "not solved");
        var solution = (await RunAsync("wcsinfo", folder.Path, cancellation, folder.File("frame.wcs")))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        double Number(string key) => double.Parse(solution[key], CultureInfo.InvariantCulture);
        var scale = 2 * Math.Tan(6 * Math.PI / 180) / 1600 * 180 / Math.PI * 3600; // 12° over 1600 pixels, in the middle
        Assert.That(new SkyPosition(Number("ra_center"), Number("dec_center")).SeparationDeg(new SkyPosition(ra, dec)) * 60, Is.LessThan(1));
        Assert.That(Number("pixscale"), Is.EqualTo(scale).Within(1).Percent);
        if (format == "fits") // solve-field turns pictures of other formats upside down before it looks
            Assert.That(Math.IEEERemainder(Number("orientation") - angle, 360), Is.Zero.Within(1));
    }

    private static async Task<string> RunAsync(string program, string folder, CancellationToken cancellation, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await errors;
            await process.WaitForExitAsync(cancellation);
            return output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
