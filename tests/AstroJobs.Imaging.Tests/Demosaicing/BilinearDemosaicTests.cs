using AstroJobs.Imaging.Demosaicing;

namespace AstroJobs.Imaging.Tests.Demosaicing;

public sealed class BilinearDemosaicTests
{
    [Test]
    public void One_colour_everywhere_comes_back_to_the_last_pixel([Values] BayerPattern pattern, [Values(2, 3, 8, 19, 40)] int width, [Values(2, 7)] int height)
    {
        var colour = Demosaic(pattern, width, height, (_, _, channel) => 0.2f + (0.3f * channel));
        for (var channel = 0; channel < 3; channel++)
            Assert.That(colour[channel], Is.All.EqualTo(0.2f + (0.3f * channel)).Within(1e-6));
    }

    [Test]
    public void A_slope_is_followed_between_the_edges([Values] BayerPattern pattern)
    {
        static float Slope(int x, int y, int channel) => (0.01f * x) + (0.02f * y) + (0.1f * channel);
        var colour = Demosaic(pattern, 37, 12, Slope);
        for (var y = 1; y < 11; y++)
        {
            for (var x = 1; x < 36; x++)
                Assert.That(new[] { colour[0][(y * 37) + x], colour[1][(y * 37) + x], colour[2][(y * 37) + x] }, Is.EqualTo(new[] { Slope(x, y, 0), Slope(x, y, 1), Slope(x, y, 2) }).Within(1e-6));
        }
    }

    [Test]
    public void Lanes_and_single_pixels_agree([Values(0, 1)] int lit)
    {
        var random = new Random(1);
        float[] Noise() => [.. Enumerable.Range(0, 67).Select(_ => random.NextSingle())];
        var (above, row, below) = (Noise(), Noise(), Noise());
        float[][] one = [new float[67], new float[67], new float[67]];
        BilinearDemosaic.Pixels(lit, above, row, below, one[0], one[1], one[2], 0, 67);
        float[][] all = [new float[67], new float[67], new float[67]];
        BilinearDemosaic.Row(lit == 0 ? BayerPattern.Rggb : BayerPattern.Grbg, 0, above, row, below, all[0], all[1], all[2]);
        Assert.That(all, Is.EqualTo(one).Within(1e-6));
    }

    private static float[][] Demosaic(BayerPattern pattern, int width, int height, Func<int, int, int, float> scene)
    {
        var letters = pattern.ToString().ToUpperInvariant();
        var mosaic = new float[height][];
        for (var y = 0; y < height; y++)
            mosaic[y] = [.. Enumerable.Range(0, width).Select(x => scene(x, y, "RGB".IndexOf(letters[((y & 1) * 2) + (x & 1)], StringComparison.Ordinal)))];
        float[][] colour = [new float[width * height], new float[width * height], new float[width * height]];
        for (var y = 0; y < height; y++)
        {
            BilinearDemosaic.Row(
                pattern, y, mosaic[y > 0 ? y - 1 : 1], mosaic[y], mosaic[y < height - 1 ? y + 1 : height - 2],
                colour[0].AsSpan(y * width, width), colour[1].AsSpan(y * width, width), colour[2].AsSpan(y * width, width));
        }
        return colour;
    }
}
