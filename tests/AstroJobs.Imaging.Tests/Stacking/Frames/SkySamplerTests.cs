using AstroJobs.Imaging.Stacking.Frames;

namespace AstroJobs.Imaging.Tests.Stacking.Frames;

public sealed class SkySamplerTests
{
    [Test]
    public void Each_colour_of_a_mosaic_has_its_own_level([Values] BayerPattern pattern)
    {
        var colours = pattern switch
        {
            BayerPattern.Rggb => (int[])[0, 1, 1, 2],
            BayerPattern.Grbg => [1, 0, 2, 1],
            BayerPattern.Gbrg => [1, 2, 0, 1],
            _ => [2, 1, 1, 0],
        };
        const int side = 300;
        var sampler = new SkySampler(new FrameInfo(side, side, 1, SampleFormat.Float32, new FrameMetadata { Bayer = pattern }));
        for (var y = 0; y < side; y += 50)
            sampler.Take(0, y, Enumerable.Range(0, 50 * side).Select(i => 0.1f * (1 + colours[(((y + (i / side)) & 1) * 2) + (i % side & 1)])).ToArray());
        Assert.That(sampler.Levels().Select(level => level.Level), Is.EqualTo([0.1, 0.2, 0.3]).Within(1e-6));
    }

    [Test]
    public void The_sky_of_an_8_bit_picture_is_known_to_a_part_of_a_step()
    {
        const float step = 1 / 255f;
        const int side = 512;
        var random = new Random(1);
        var sampler = new SkySampler(new FrameInfo(side, side, 1, SampleFormat.UInt8, FrameMetadata.None));
        // A sky of 10.3 steps with so little noise that more than half of the pixels are the same.
        var sky = Enumerable.Range(0, side * side).Select(_ => (float)Math.Round(10.3 + (0.3 * Gaussian(random))) * step).ToArray();
        sampler.Take(0, 0, sky);
        var level = sampler.Levels().Single();
        Assert.That(level.Level, Is.EqualTo(10.3 * step).Within(0.15 * step));
        Assert.That(level.Scatter, Is.InRange(0.25 * step, 0.7 * step));
    }

    [Test]
    public void An_uneven_sky_is_not_a_noisy_one()
    {
        const int side = 600;
        const double noise = 0.01;
        var random = new Random(2);
        var sampler = new SkySampler(new FrameInfo(side, side, 1, SampleFormat.Float32, FrameMetadata.None));
        sampler.Take(0, 0, Enumerable.Range(0, side * side).Select(i => (float)(0.1 + (0.1 * i / (side * side)) + (0.05 * (i % side) / side) + (noise * Gaussian(random)))).ToArray());
        Assert.That(sampler.Levels().Single().Scatter, Is.EqualTo(noise).Within(0.02 * noise));
    }

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
