using AstroJobs.Imaging.Demosaicing;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Demosaicing;

public sealed class RcdDemosaicTests
{
    [Test]
    public void One_colour_everywhere_comes_back_to_the_last_pixel([Values] BayerPattern pattern, [Values(2, 3, 19, 40)] int width, [Values(2, 7, 31)] int height)
    {
        using var colour = Demosaic(pattern, width, height, (_, _, channel) => 0.2f + (0.3f * channel));
        for (var channel = 0; channel < 3; channel++)
            Assert.That(colour.Plane(channel).ToArray(), Is.All.EqualTo(0.2f + (0.3f * channel)).Within(1e-4));
    }

    /// <summary>Where bilinear interpolation draws colours, this draws few.</summary>
    [Test]
    public void A_grey_zone_plate_stays_grey([Values] BayerPattern pattern)
    {
        const int side = 200;
        var plate = MadeMosaic.ZonePlate(side);
        using var rcd = Demosaic(pattern, side, side, plate);
        using var bilinear = MadeMosaic.Demosaic(DemosaicMethod.Bilinear, pattern, side, side, plate);
        Assert.Multiple(() =>
        {
            Assert.That(MadeMosaic.Error(rcd, plate), Is.LessThan(0.25 * MadeMosaic.Error(bilinear, plate)));
            Assert.That(MadeMosaic.Colourfulness(rcd), Is.LessThan(0.35 * MadeMosaic.Colourfulness(bilinear)));
        });
    }

    /// <summary>Bilinear interpolation widens stars of 3 px by 11 %.</summary>
    [TestCase(2.5, 4)]
    [TestCase(3, 3)]
    [TestCase(4, 2)]
    public void Stars_keep_their_width(double fwhm, double percent)
    {
        var sky = Sky(fwhm);
        using var truth = sky.Draw(PixelMap.Identity);
        using var rcd = Demosaic(BayerPattern.Rggb, sky.Width, sky.Height, (x, y, _) => truth.Row(0, y)[x]);
        var wanted = StarFinder.Find(truth).Fwhm;
        Assert.That(StarFinder.Find(rcd).Fwhm, Is.EqualTo(wanted).Within(percent).Percent);
    }

    /// <summary>White stars stay white. Weighing against gradients draws a tinted star towards white: one with 1.5 times as much red as green loses 8 % of it, one with 0.6 times as much blue gains 13 %.</summary>
    [TestCase(1f, 1f, 1.0)]
    [TestCase(1.5f, 0.6f, 15)]
    public void Stars_keep_their_colour_more_or_less(float redTint, float blueTint, double percent)
    {
        var sky = Sky(3);
        using var truth = sky.Draw(PixelMap.Identity);
        float[] tint = [redTint, 1, blueTint];
        using var rcd = Demosaic(BayerPattern.Grbg, sky.Width, sky.Height, (x, y, channel) => 0.1f + ((truth.Row(0, y)[x] - 0.1f) * tint[channel]));
        foreach (var star in sky.Stars.Where(star => star.Flux > 5 && star.X is > 12 and < 380 && star.Y is > 12 and < 280))
        {
            for (var channel = 0; channel < 3; channel++)
                Assert.That(MadeMosaic.Flux(rcd, channel, star.X, star.Y, 5, 0.1f) / MadeMosaic.Flux(truth, 0, star.X, star.Y, 5, 0.1f), Is.EqualTo(tint[channel]).Within(percent).Percent, $"channel {channel} of the star at {star.X:0.0}, {star.Y:0.0}");
        }
    }

    [Test]
    public void Lanes_agree_with_the_definition([Values] BayerPattern pattern)
    {
        var random = new Random(2);
        using var mosaic = MadeMosaic.Of(pattern, 61, 47, (_, _, _) => 0.2f + random.NextSingle());
        using var rcd = MadeMosaic.Rcd(pattern, mosaic, 16, 0);
        var letters = pattern.ToString().ToUpperInvariant();
        var numbers = new float[47, 61];
        for (var i = 0; i < mosaic.PixelCount; i++)
            numbers[i / 61, i % 61] = mosaic.Plane(0)[i];
        var naive = new NaiveRcd(numbers, (x, y) => letters[((y & 1) * 2) + (x & 1)]);
        naive.Run();
        for (var y = 11; y < 36; y++)
        {
            for (var x = 11; x < 50; x++)
                Assert.That(new[] { rcd.Row(0, y)[x], rcd.Row(1, y)[x], rcd.Row(2, y)[x] }, Is.EqualTo(new[] { naive.Red[y, x], naive.Green[y, x], naive.Blue[y, x] }).Within(1e-4), $"{x}, {y}");
        }
    }

    [Test]
    public void Every_cut_into_blocks_gives_the_same([Values(1, 5, 32)] int rows)
    {
        var random = new Random(1);
        using var mosaic = MadeMosaic.Of(BayerPattern.Gbrg, 67, 45, (_, _, _) => random.NextSingle());
        using var whole = MadeMosaic.Rcd(BayerPattern.Gbrg, mosaic, 45, 0.1f);
        using var cut = MadeMosaic.Rcd(BayerPattern.Gbrg, mosaic, rows, 0.1f);
        for (var channel = 0; channel < 3; channel++)
            Assert.That(cut.Plane(channel).SequenceEqual(whole.Plane(channel)), Is.True);
    }

    private static MadeSky Sky(double fwhm) => new(5, 400, 300, 60, faintest: 3) { Fwhm = fwhm, Noise = 0.0005 };

    private static Frame Demosaic(BayerPattern pattern, int width, int height, Func<int, int, int, float> scene) => MadeMosaic.Demosaic(DemosaicMethod.Rcd, pattern, width, height, scene);
}
