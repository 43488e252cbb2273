using AstroJobs.Imaging.Stacking.Local;

namespace AstroJobs.Imaging.Tests.Stacking.Local;

public sealed class SkyGlanceTests
{
    private const int Width = 700;
    private const int Height = 500;

    [TestCase(null)]
    [TestCase(BayerPattern.Gbrg)]
    public void A_sky_that_brightens_to_one_side_is_followed_in_each_colour(BayerPattern? mosaic)
    {
        using var glance = new SkyGlance(new FrameInfo(Width, Height, 1, SampleFormat.Float32, new FrameMetadata { Bayer = mosaic }));
        const int strip = 33;
        for (var top = 0; top < Height; top += strip)
        {
            var rows = Enumerable.Range(0, Math.Min(strip, Height - top) * Width).Select(i => (X: i % Width, Y: top + (i / Width)));
            glance.Take(0, top, [.. rows.Select(place => (mosaic is null ? 1 : ColourFactor(place.X, place.Y)) * SkyAt(place.X, place.Y))]);
        }
        var mesh = glance.Mesh();
        Assert.Multiple(() =>
        {
            for (var channel = 0; channel < mesh.Channels; channel++)
            {
                foreach (var (x, y) in ((int, int)[])[(120, 100), (350, 250), (600, 400)])
                    Assert.That(mesh.At(channel, x, y), Is.EqualTo((mosaic is null ? 1 : channel + 1) * SkyAt(x, y)).Within(1).Percent, $"channel {channel} at {x}, {y}");
            }
        });
        Assert.That(mesh.Channels, Is.EqualTo(mosaic is null ? 1 : 3));
    }

    [Test]
    public void The_even_sky_of_an_8_bit_picture_has_no_steps_and_what_is_no_number_is_passed_over()
    {
        const float step = 1 / 255f;
        var random = new Random(4);
        using var glance = new SkyGlance(new FrameInfo(Width, Height, 1, SampleFormat.UInt8, FrameMetadata.None));
        // A sky that rises by one step from left to right, with a noise of one step.
        var rows = Enumerable.Range(0, Width * Height).Select(i => (float)Math.Round(20 + ((double)(i % Width) / Width) + Gaussian(random)) * step).ToArray();
        rows.AsSpan(0, Width * 60).Fill(float.NaN);
        glance.Take(0, 0, rows);
        var mesh = glance.Mesh();
        Assert.Multiple(() =>
        {
            for (var x = 50; x < Width; x += 50)
                Assert.That(mesh.At(0, x, 250) / step, Is.EqualTo(20 + ((double)x / Width)).Within(0.15));
            Assert.That(mesh.At(0, 350, 5) / step, Is.EqualTo(20.5).Within(0.3), "cells without data follow those around");
        });
    }

    private static float SkyAt(int x, int y) => 0.1f + (0.1f * x / Width) + (0.05f * y / Height);

    /// <summary>Red 1, green 2, blue 3, green and blue in the first row, red and green in the second.</summary>
    private static float ColourFactor(int x, int y) => ((y & 1), (x & 1)) switch
    {
        (0, 1) => 3,
        (1, 0) => 1,
        _ => 2,
    };

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
