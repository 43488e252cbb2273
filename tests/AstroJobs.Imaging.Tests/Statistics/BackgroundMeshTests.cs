using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Tests.Statistics;

public sealed class BackgroundMeshTests
{
    [TestCase(640, 480)]
    [TestCase(333, 97)]
    [TestCase(40, 30)]
    public void A_tilted_sky_is_followed_between_the_cell_centres(int width, int height)
    {
        var plane = new float[width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                plane[(y * width) + x] = 0.2f + (0.0001f * x) + (0.0002f * y);
        }
        var mesh = BackgroundMesh.Measure(plane, width, height, 0);
        var row = new float[width];
        mesh.LevelRow(height / 2, row);
        Assert.That(row[width / 2], Is.EqualTo(plane[(height / 2 * width) + (width / 2)]).Within(0.001));
        // It rises without steps; half as fast at the edges, where the median is taken of fewer cells.
        for (var x = 40; x + 1 < width - 40; x++)
            Assert.That(row[x + 1] - row[x], Is.InRange(0.00004f, 0.00011f), $"column {x}");
    }

    [Test]
    public void A_bright_star_over_a_whole_cell_does_not_lift_the_sky_there()
    {
        const int size = 512;
        var plane = new float[size * size];
        Array.Fill(plane, 0.1f);
        for (var y = 192; y < 256; y++)
            plane.AsSpan((y * size) + 192, 64).Fill(0.9f);
        var row = new float[size];
        BackgroundMesh.Measure(plane, size, size, 0.001f).LevelRow(224, row);
        Assert.That(row[224], Is.EqualTo(0.1).Within(0.001));
    }

    /// <summary>A sky that brightens to the right, a third of it missing here and there, and all of one cell.</summary>
    [Test]
    public void Between_missing_pixels_the_sky_is_seen_and_over_a_missing_cell_it_goes_on()
    {
        const int size = 448;
        const float noise = 0.01f;
        var random = new Random(5);
        var plane = Enumerable.Range(0, size * size)
            .Select(i => random.Next(3) == 0 ? float.NaN : 0.2f + (0.1f * (i % size) / size) + (noise * (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))).ToArray();
        for (var y = 192; y < 256; y++)
            plane.AsSpan((y * size) + 192, 64).Fill(float.NaN);
        var mesh = BackgroundMesh.Measure(plane, size, size, 0);
        var (level, sigma) = (new float[size], new float[size]);
        mesh.LevelRow(224, level);
        mesh.SigmaRow(224, sigma);
        Assert.Multiple(() =>
        {
            for (var x = 96; x < size - 64; x += 64) // at the rim the median of cells leans inwards
                Assert.That(level[x], Is.EqualTo(0.2 + (0.1 * x / size)).Within(0.004), $"at {x}");
            Assert.That(sigma, Is.All.EqualTo(noise).Within(15).Percent);
        });
    }

    [Test]
    public void Missing_pixels_have_no_part_in_the_sky()
    {
        var plane = new float[128 * 128];
        Array.Fill(plane, 0.3f);
        plane.AsSpan(0, plane.Length / 2).Fill(float.NaN);
        Assert.That(BackgroundMesh.Measure(plane, 128, 128, 0).Level, Is.EqualTo(0.3).Within(1e-6));
    }

    [Test]
    public void Noise_is_never_less_than_rounding_makes() =>
        Assert.That(BackgroundMesh.Measure(new float[100 * 100], 100, 100, 0.001f).Sigma, Is.EqualTo(0.001f));
}
