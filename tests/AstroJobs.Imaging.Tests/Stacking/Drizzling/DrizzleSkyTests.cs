using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Drizzling;

/// <summary>Two frames whose skies slope against each other, drizzled.</summary>
public sealed class DrizzleSkyTests : DrizzleFixture
{
    private const float Slope = 0.0002f; // a pixel of a frame: 0.048 from side to side, 240 times the noise
    private const int Seam = 180; // column of the first frame from which on the second shows nothing
    private static readonly float[] Tints = [1, 0.6f, -0.8f]; // of the slope

    [Test]
    public void Where_a_frame_ends_is_no_seam_once_backgrounds_are_brought_together_place_by_place([Values] bool mosaic)
    {
        MakeSloped(mosaic);
        var seams = SeamsOf(StackNormalization.None);
        var evened = SeamsOf(StackNormalization.Local);
        Assert.That(seams, Has.Length.EqualTo(mosaic ? 3 : 1));
        for (var channel = 0; channel < seams.Length; channel++)
        {
            // Half of by how much the skies differ there; more where a mosaic's drops do not meet.
            Assert.That(seams[channel] / Tints[channel], Is.GreaterThan(0.9 * Slope * Seam / 2));
            Assert.That(evened[channel], Is.EqualTo(0).Within(0.06 * Math.Abs(seams[channel])), "it goes on by the slope of the first");
        }
    }

    private void MakeSloped(bool mosaic)
    {
        var sky = SparseSky();
        for (var i = 0; i < 2; i++)
        {
            var frame = sky.Draw(sky.Camera(i * (Seam - Width)), i, bayer: mosaic ? BayerPattern.Rggb : null);
            for (var y = 0; y < Height; y++)
            {
                for (var x = 0; x < Width; x++)
                    frame.Row(0, y)[x] += (x - (Width / 2)) * (i == 0 ? Slope : -Slope) * (mosaic ? Tints[(x & 1) + (y & 1)] : 1);
            }
            Save(frame, $"f{i}.fits");
        }
    }

    /// <summary>The sky just right of the seam less that just left of it, in each channel.</summary>
    private double[] SeamsOf(StackNormalization normalization)
    {
        var request = Request(2) with { Normalization = normalization };
        Stacker.Run(request with { Registration = request.Registration with { Drizzle = new DrizzleRequest(2, 1) } });
        using var result = ImageFile.Read(Folder.File("stack.fits"));
        if (normalization == StackNormalization.Local)
        {
            for (var channel = 0; channel < result.Channels; channel++)
                Assert.That(Level(result, channel, (2 * Width) - 20) - Level(result, channel, (2 * Seam) + 20), Is.EqualTo(Slope * (Width - Seam - 20) * (result.Channels == 1 ? 1 : Tints[channel])).Within(15).Percent, "where one is left its slope stays");
        }
        return [.. Enumerable.Range(0, result.Channels).Select(channel => Level(result, channel, (2 * Seam) + 1) - Level(result, channel, (2 * Seam) - 5))];
    }

    /// <summary>The mean of the medians of four columns.</summary>
    private static double Level(Frame result, int channel, int left) => Enumerable.Range(left, 4).Average(x =>
        MapFit.Median([.. Enumerable.Range(0, result.Height).Select(y => (double)result.Row(channel, y)[x])]));
}
