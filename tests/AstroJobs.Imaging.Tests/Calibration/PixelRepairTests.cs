using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Registration;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Calibration;

public sealed class PixelRepairTests
{
    private const int Side = 160;

    [Test]
    public void What_stands_alone_goes_and_stars_stay([Values(null, BayerPattern.Grbg)] BayerPattern? bayer, [Values(2.0, 3.5)] double fwhm)
    {
        var sky = new MadeSky(3, Side, Side, 30, faintest: 3) { Fwhm = fwhm };
        using var clean = sky.Draw(PixelMap.Identity, bayer: bayer);
        using var spoilt = sky.Draw(PixelMap.Identity, bayer: bayer);
        var places = Enumerable.Range(0, 12).Select(i => (X: 10 + (i * 12), Y: 7 + (i * 11 % 140)))
            .Where(at => sky.Stars.All(star => Math.Abs(star.X - at.X) + Math.Abs(star.Y - at.Y) > 8)).ToArray();
        Assert.That(places, Has.Length.GreaterThan(6));
        foreach (var (x, y) in places)
            spoilt.Row(0, y)[x] = x % 24 == 10 ? 0.9f : 0;
        var count = PixelRepair.Lonely(spoilt);
        Assert.Multiple(() =>
        {
            Assert.That(count, Is.EqualTo(places.Length).Within(1), "5σ may be noise once");
            Assert.That(places.Max(at => Math.Abs(spoilt.Row(0, at.Y)[at.X] - clean.Row(0, at.Y)[at.X])), Is.LessThan(0.03));
            foreach (var star in sky.Stars.Where(star => star.X is > 3 and < Side - 4 && star.Y is > 3 and < Side - 4))
            {
                var (x, y) = ((int)Math.Round(star.X), (int)Math.Round(star.Y));
                if (places.All(at => Math.Abs(at.X - x) + Math.Abs(at.Y - y) > 3))
                    Assert.That(spoilt.Row(0, y)[x], Is.EqualTo(clean.Row(0, y)[x]), $"star at {x}, {y}");
            }
        });
    }

    [Test]
    public void A_listed_pixel_becomes_the_median_of_its_colour()
    {
        using var frame = new Frame(8, 8, 1, new FrameMetadata { Bayer = BayerPattern.Rggb });
        for (var y = 0; y < 8; y++)
        {
            for (var x = 0; x < 8; x++)
                frame.Row(0, y)[x] = (x & 1) + (2 * (y & 1));
        }
        int[] defects = [0, (3 * 8) + 3, (3 * 8) + 5, (7 * 8) + 6];
        foreach (var defect in defects)
            frame.Plane(0)[defect] = 99;
        PixelRepair.Listed(frame, 0, 0, 8, defects);
        Assert.That(defects.Select(defect => frame.Plane(0)[defect]), Is.EqualTo(new float[] { 0, 3, 3, 2 }));
    }

    [TestCase(null)]
    [TestCase(BayerPattern.Grbg)]
    public void Bands_with_two_rows_around_become_what_the_whole_picture_becomes(BayerPattern? pattern)
    {
        const int side = 40;
        var random = new Random(5);
        using var whole = new Frame(side, side, 1, new FrameMetadata { Bayer = pattern });
        foreach (ref var sample in whole.Plane(0))
            sample = random.NextSingle();
        var samples = whole.Plane(0).ToArray();
        int[] defects = [.. Enumerable.Range(0, 200).Select(_ => random.Next(side * side)).Distinct().Order()];
        PixelRepair.Listed(whole, 0, 0, side, defects);
        for (var y = 0; y < side; y += 7)
        {
            var (top, bottom) = (Math.Max(0, y - PixelRepair.Reach), Math.Min(side, y + 7 + PixelRepair.Reach));
            using var band = new Frame(side, bottom - top, 1, whole.Metadata);
            samples.AsSpan(top * side, (bottom - top) * side).CopyTo(band.Plane(0));
            PixelRepair.Listed(band, 0, top, side, defects);
            var rows = Math.Min(7, side - y);
            Assert.That(band.Rows(0, y - top, rows).ToArray(), Is.EqualTo(whole.Rows(0, y, rows).ToArray()), $"from {y}");
        }
    }
}
