using System.Text.Json;
using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Cli.Tests.Extracts;

/// <summary>A store, pictures of the real sky whose pointing is known, and a caller who has them looked at.</summary>
public sealed class Gallery : IDisposable
{
    public CallerStore Store { get; } = new();

    public void Dispose() => Store.Dispose();

    public string File(string name) => Store.Beside(name);

    /// <summary>Draws a picture of the sky, 800×600; the ending says the format.</summary>
    /// <param name="told">Whether the file says how it was taken.</param>
    public string Draw(string name, double ra, double dec, double width, double angle = 0, bool mirrored = false, SampleFormat depth = SampleFormat.UInt16, bool told = false)
    {
        var settings = new SimulatedCameraSettings { RaDeg = ra, DecDeg = dec, FovDeg = width, AngleDeg = angle, Width = 800, Height = 600 };
        using var frame = Take(settings);
        if (mirrored)
        {
            for (var y = 0; y < frame.Height; y++)
                frame.Row(0, y).Reverse();
        }
        if (depth == SampleFormat.UInt8)
        {
            foreach (ref var sample in frame.Plane(0))
                sample = MathF.Sqrt(sample); // a tone curve: eight bits hold no faint star otherwise
        }
        frame.Metadata = told ? new FrameMetadata { FocalLengthMm = 50, PixelSizeUm = 50 * 2 * Math.Tan(double.DegreesToRadians(width / 2)) / 800 * 1000 } : FrameMetadata.None;
        ImageFile.Write(File(name), frame, depth);
        return File(name);
    }

    private Frame Take(SimulatedCameraSettings settings)
    {
        var request = new ExposureRequest(0, TimeSpan.FromSeconds(10), FrameType.Light, Path.GetDirectoryName(File("x"))!, "sky", "fits");
        var files = new SimulatedCamera(settings with { Instant = true }, TimeProvider.System).ExposeAsync(request, CancellationToken.None).GetAwaiter().GetResult();
        return ImageFile.Read(files[0].Path);
    }

    /// <summary>Submits, waits for the end, and answers the result.</summary>
    public JsonElement Look(params IEnumerable<string> arguments)
    {
        var said = Store.Run(["submit", .. arguments, "--wait"]);
        Assert.That(said.ExitCode, Is.Zero, said.Output + said.Error);
        return said.Json;
    }

    /// <summary>The job's id.</summary>
    public string Submit(params IEnumerable<string> arguments)
    {
        var said = Store.Run(["submit", .. arguments]);
        Assert.That(said.ExitCode, Is.Zero, said.Output + said.Error);
        return said.JobId!;
    }

    /// <summary>Centre within 1 % of the width, orientation within 0.1°, scale within 0.1 %.</summary>
    public static void AssertSolved(JsonElement result, double ra, double dec, double width, double angle, bool mirrored)
    {
        var astrometry = result.GetProperty("astrometry");
        double Number(string name) => astrometry.GetProperty(name).GetDouble();
        var found = new SkyPosition(Number("ra_center"), Number("dec_center"));
        var scale = 3600 * 2 * double.RadiansToDegrees(Math.Tan(double.DegreesToRadians(width / 2))) / 800;
        // Up, told at the place found: near a pole meridians turn from pixel to pixel.
        var truth = Wcs.Looking(new SkyPosition(ra, dec), 399.5, 299.5, scale, angle);
        Assert.That(truth.TryToPixel(found, out var x, out var y), Is.True);
        var up = truth.UpAt(x, y); // a mirror that swaps left and right leaves up as it is
        Assert.Multiple(() =>
        {
            Assert.That(found.SeparationDeg(new SkyPosition(ra, dec)), Is.LessThan(0.01 * width), "centre");
            Assert.That(Math.IEEERemainder(Number("orientation_deg") - up, 360), Is.Zero.Within(0.1), "orientation");
            Assert.That(Number("pixscale_arcsec"), Is.EqualTo(scale).Within(0.1).Percent, "scale");
            Assert.That(astrometry.GetProperty("parity").GetString(), Is.EqualTo(mirrored ? "neg" : "pos"));
            Assert.That(astrometry.GetProperty("fov_deg")[0].GetDouble(), Is.EqualTo(width).Within(0.2).Percent);
            Assert.That(astrometry.GetProperty("matched_stars").GetInt32(), Is.GreaterThan(5));
        });
    }
}
