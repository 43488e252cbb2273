using AstroJobs.Imaging.Demosaicing;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Demosaicing;

public sealed class MalvarDemosaicTests
{
    [Test]
    public void One_colour_everywhere_comes_back_to_the_last_pixel([Values] BayerPattern pattern, [Values(2, 3, 19, 40)] int width, [Values(2, 7)] int height)
    {
        using var colour = Demosaic(pattern, width, height, (_, _, channel) => 0.2f + (0.3f * channel));
        for (var channel = 0; channel < 3; channel++)
            Assert.That(colour.Plane(channel).ToArray(), Is.All.EqualTo(0.2f + (0.3f * channel)).Within(1e-6));
    }

    [Test]
    public void A_grey_slope_is_followed_between_the_edges([Values] BayerPattern pattern)
    {
        static float Slope(int x, int y) => 0.1f + (0.01f * x) + (0.02f * y);
        using var colour = Demosaic(pattern, 37, 12, (x, y, _) => Slope(x, y));
        for (var y = 2; y < 10; y++)
        {
            for (var x = 2; x < 35; x++)
                Assert.That(Enumerable.Range(0, 3).Select(channel => colour.Row(channel, y)[x]), Is.All.EqualTo(Slope(x, y)).Within(1e-6));
        }
    }

    [Test]
    public void Lanes_and_single_pixels_agree([Values(0, 1)] int lit)
    {
        var random = new Random(1);
        float[] Noise() => [.. Enumerable.Range(0, 67).Select(_ => random.NextSingle())];
        var (a, b, c, d, e) = (Noise(), Noise(), Noise(), Noise(), Noise());
        var rows = new MalvarDemosaic.Rows { Above2 = a, Above = b, Here = c, Below = d, Below2 = e };
        float[][] one = [new float[67], new float[67], new float[67]];
        MalvarDemosaic.Pixels(lit, rows, one[0], one[1], one[2], 0, 67);
        float[][] all = [new float[67], new float[67], new float[67]];
        MalvarDemosaic.Row(lit == 0 ? BayerPattern.Rggb : BayerPattern.Grbg, 0, rows, all[0], all[1], all[2]);
        Assert.That(all, Is.EqualTo(one).Within(1e-5));
    }

    /// <summary>Bilinear interpolation keeps the light too, but widens these stars by 11 %.</summary>
    [Test]
    public void Stars_keep_their_width_and_the_light_of_each_colour([Values(2.5, 3, 4)] double fwhm)
    {
        var sky = new MadeSky(5, 400, 300, 60, faintest: 3) { Fwhm = fwhm, Noise = 0.0005 };
        using var truth = sky.Draw(PixelMap.Identity);
        float[] tint = [1.5f, 1, 0.6f];
        using var colour = Demosaic(BayerPattern.Grbg, sky.Width, sky.Height, (x, y, channel) => 0.1f + ((truth.Row(0, y)[x] - 0.1f) * tint[channel]));
        Assert.That(StarFinder.Find(colour).Fwhm, Is.EqualTo(StarFinder.Find(truth).Fwhm).Within(3).Percent);
        foreach (var star in sky.Stars.Where(star => star.Flux > 5 && star.X is > 12 and < 380 && star.Y is > 12 and < 280))
        {
            for (var channel = 0; channel < 3; channel++)
                Assert.That(MadeMosaic.Flux(colour, channel, star.X, star.Y, 6, 0.1f) / MadeMosaic.Flux(truth, 0, star.X, star.Y, 6, 0.1f), Is.EqualTo(tint[channel]).Within(fwhm < 3 ? 2 : 1).Percent, $"channel {channel} of the star at {star.X:0.0}, {star.Y:0.0}");
        }
    }

    private static Frame Demosaic(BayerPattern pattern, int width, int height, Func<int, int, int, float> scene) => MadeMosaic.Demosaic(DemosaicMethod.Malvar, pattern, width, height, scene);
}
