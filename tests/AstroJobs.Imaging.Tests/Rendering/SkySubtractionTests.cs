using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Rendering.Background;

namespace AstroJobs.Imaging.Tests.Rendering;

/// <summary>What is sky and what is not: a surface that follows a cloud of dust or the outskirts of a nebula takes them off the picture.</summary>
public sealed class SkySubtractionTests
{
    private const int Width = 480;
    private const int Height = 320;
    private const int Cell = 10;
    private const double Noise = 0.002;

    [TestCase(12, 9)]
    [TestCase(0, 6)] // at the edge of the picture there are fewer neighbours
    public void What_is_far_too_bright_takes_its_neighbours_with_it(int column, int leftOut)
    {
        using var frame = Draw((x, y) => 0.1 + (x / Cell == column && y / Cell == 15 ? 0.1 : 0), noise: 0);
        Assert.That(Measure(frame, BackgroundModel.Plane).Report.LeftOut, Is.EqualTo(leftOut));
    }

    [Test]
    public void Dark_dust_is_no_sky_and_stays_dark([Values(BackgroundModel.Plane, BackgroundModel.Poly2)] BackgroundModel model)
    {
        // A gradient of 0.03 over the picture; dust that takes 0.02 from a piece of it, at the side where it would tilt a surface.
        using var frame = Draw(static (x, y) => 0.1 + (0.03 * x / Width) - (x is > 20 and < 100 && y is > 100 and < 180 ? 0.02 : 0), Noise);
        Measure(frame, model).Apply(0, 0, frame.Plane(0));
        var (dust, sky) = (Mean(frame, 60, 140), new[] { Mean(frame, 60, 30), Mean(frame, 420, 30), Mean(frame, 420, 280), Mean(frame, 60, 280), Mean(frame, 240, 160) });
        Assert.Multiple(() =>
        {
            Assert.That(sky.Max() - sky.Min(), Is.LessThan(0.001), "the sky is even");
            Assert.That(sky.Average() - dust, Is.EqualTo(0.02).Within(0.001), "the dust is as dark as it was");
            Assert.That(sky.Average(), Is.EqualTo(0.115).Within(0.001), "and the sky as bright as it was in the middle");
        });
    }

    [Test]
    public void A_slope_goes_to_the_last_pixel()
    {
        using var frame = Draw(static (x, y) => 0.1 + (0.03 * x / Width) - (0.05 * y / Height), noise: 0);
        var subtraction = Measure(frame, BackgroundModel.Plane);
        for (var y = 0; y < Height; y += 64) // in strips, as a picture is written
            subtraction.Apply(0, y, frame.Plane(0).Slice(y * Width, Math.Min(64, Height - y) * Width));
        Assert.That(frame.Plane(0).ToArray().Max() - frame.Plane(0).ToArray().Min(), Is.LessThan(2e-6));
        Assert.That(subtraction.Report.Range[0], Is.EqualTo(0.08).Within(8).Percent); // its nodes reach a little beyond the picture
    }

    /// <summary>Two waves across the picture: no polynomial of the second order can lie on them.</summary>
    [TestCase(BackgroundModel.Rbf, 0, 0.001)]
    [TestCase(BackgroundModel.Poly2, 0.004, 0.02)]
    public void A_surface_of_radial_functions_follows_what_a_polynomial_cannot(BackgroundModel model, double least, double most)
    {
        using var frame = Draw(static (x, _) => 0.1 + (0.003 * Math.Sin(4 * Math.PI * x / Width)), noise: 0.0005);
        Measure(frame, model).Apply(0, 0, frame.Plane(0));
        double[] levels = [.. Enumerable.Range(1, 14).Select(i => Mean(frame, 30 * i, 160))];
        Assert.That(levels.Max() - levels.Min(), Is.InRange(least, most));
    }

    /// <summary>Every other cell is a little above, the others as much below: a MAD of 0.001, which is a sigma of 0.00148.</summary>
    [TestCase(1.5, 0)]
    [TestCase(3, 1)] // by itself
    [TestCase(5, 9)] // with its neighbours
    [TestCase(-3, 0)] // sky may be darker
    [TestCase(-4, 1)]
    [TestCase(-9, 1)] // a dark cell has no glow
    public void How_far_a_cell_may_be_from_the_sky(double sigmas, int leftOut)
    {
        using var frame = Draw((x, y) => 0.1 + (x / Cell == 20 && y / Cell == 15 ? sigmas * 0.001483 : ((x / Cell) + (y / Cell)) % 2 == 0 ? 0.001 : -0.001), noise: 0);
        Assert.That(Measure(frame, BackgroundModel.Plane).Report.LeftOut, Is.EqualTo(leftOut));
    }

    [Test]
    public void A_nebula_that_shines_in_one_colour_is_no_sky_in_any([Values(0, 1, 2)] int colour)
    {
        using var grey = Draw(static (_, _) => 0.1, noise: 0);
        using var lit = Draw(static (x, y) => 0.1 + (x / Cell == 12 && y / Cell == 15 ? 0.1 : 0), noise: 0);
        var subtraction = SkySubtraction.Measure(
            BackgroundModel.Plane,
            new FrameInfo(Width, Height, 3, SampleFormat.Float32, FrameMetadata.None),
            (channel, firstRow, rows) => (channel == colour ? lit : grey).Plane(0).Slice(firstRow * Width, rows.Length).CopyTo(rows))!;
        Assert.That(subtraction.Report.LeftOut, Is.EqualTo(9));
    }

    private static SkySubtraction Measure(Frame frame, BackgroundModel model) =>
        SkySubtraction.Measure(
            model,
            new FrameInfo(Width, Height, 1, SampleFormat.Float32, FrameMetadata.None),
            (channel, firstRow, rows) => frame.Plane(channel).Slice(firstRow * Width, rows.Length).CopyTo(rows))!;

    private static Frame Draw(Func<int, int, double> level, double noise)
    {
        var random = new Random(3);
        var frame = new Frame(Width, Height, 1);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
                frame.Row(0, y)[x] = (float)(level(x, y) + (noise * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())));
        }
        return frame;
    }

    /// <summary>Of 31 pixels each way.</summary>
    private static double Mean(Frame frame, int x, int y) =>
        Enumerable.Range(y - 15, 31).Average(row => frame.Row(0, row)[(x - 15)..(x + 16)].ToArray().Average(static sample => (double)sample));
}
