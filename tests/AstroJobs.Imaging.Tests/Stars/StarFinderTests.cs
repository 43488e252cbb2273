using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stars;

public sealed class StarFinderTests
{
    [TestCase(1.8)]
    [TestCase(3.0)]
    [TestCase(6.0)]
    public void Stars_are_found_where_they_are_and_as_wide_as_they_are(double fwhm)
    {
        var sky = new MadeSky(1, 800, 600, 80, faintest: 1.5 * fwhm * fwhm / 9) { Fwhm = fwhm };
        using var frame = sky.Draw(PixelMap.Identity);
        var field = StarFinder.Find(frame);
        var errors = Errors(field, sky, faintest: 4 * fwhm * fwhm / 9);
        Assert.Multiple(() =>
        {
            Assert.That(errors, Has.Count.GreaterThan(10));
            Assert.That(Math.Sqrt(errors.Average(e => e * e)), Is.LessThan(0.05));
            Assert.That(field.Fwhm, Is.EqualTo(fwhm).Within(0.03 * fwhm));
            Assert.That(field.Eccentricity, Is.LessThan(0.4));
            Assert.That(field.Background, Is.EqualTo(0.1).Within(0.0005));
            Assert.That(field.Noise, Is.EqualTo(0.005).Within(0.0003));
        });
    }

    [Test]
    public void Stars_come_brightest_first_and_their_flux_is_the_light_they_shed()
    {
        var sky = new MadeSky(2, 400, 400, 0) { Stars = [new MadeStar(100.3, 80.7, 10), new MadeStar(300.1, 200.4, 40), new MadeStar(50.5, 350.2, 20)] };
        using var frame = sky.Draw(PixelMap.Identity);
        var flux = StarFinder.Find(frame).Stars.Select(star => star.Flux).ToArray();
        Assert.That(flux, Is.EqualTo(new[] { 40.0, 20, 10 }).Within(2).Percent);
    }

    [Test]
    public void What_is_far_wider_than_the_stars_is_none()
    {
        var stars = new MadeSky(2, 400, 400, 0) { Noise = 0.001, Stars = [.. Enumerable.Range(0, 30).Select(i => new MadeStar(40 + (i % 6 * 60), 40 + (i / 6 * 60), 8))] };
        using var frame = stars.Draw(PixelMap.Identity);
        var nebula = new MadeSky(3, 400, 400, 0) { Fwhm = 12 };
        nebula.AddStar(frame, 0, 310, 370, 60);
        var found = StarFinder.Find(frame).Stars;
        Assert.That(found, Has.Count.EqualTo(30));
        Assert.That(found.Select(star => star.Fwhm), Is.All.LessThan(4));
    }

    [Test]
    public void Where_there_is_no_data_there_is_no_light_and_no_harm()
    {
        var sky = new MadeSky(2, 400, 400, 0) { Stars = [new MadeStar(100.3, 80.7, 40), new MadeStar(300.1, 200.4, 40)] };
        using var frame = sky.Draw(PixelMap.Identity);
        for (var y = 0; y < 400; y++)
            frame.Row(0, y)[108..150].Fill(float.NaN); // beside the first star
        Assert.That(StarFinder.Find(frame).Stars.Select(star => star.Flux), Is.EqualTo(new[] { 40.0, 40 }).Within(3).Percent);
    }

    [Test]
    public void An_empty_sky_has_no_stars()
    {
        using var frame = new MadeSky(3, 640, 480, 0).Draw(PixelMap.Identity);
        Assert.That(StarFinder.Find(frame).Stars, Is.Empty);
    }

    [TestCase(1, null)]
    [TestCase(1, BayerPattern.Rggb)]
    [TestCase(3, null)]
    public void Hot_pixels_and_cosmic_rays_are_not_stars(int channels, BayerPattern? bayer)
    {
        using var frame = new MadeSky(4, 400, 300, 0).Draw(PixelMap.Identity, channels: channels, bayer: bayer);
        var random = new Random(5);
        for (var i = 0; i < 100; i++)
            frame.Plane(random.Next(channels))[random.Next(frame.PixelCount)] = 0.9f;
        for (var i = 0; i < 12; i++)
        {
            frame.Row(0, 250)[20 + i] = 0.7f; // a muon's straight track
            frame.Row(0, 60 + i)[200 + i] = 0.7f;
        }
        Assert.That(StarFinder.Find(frame).Stars, Has.Count.LessThanOrEqualTo(2));
    }

    [TestCase(BayerPattern.Rggb)]
    [TestCase(BayerPattern.Gbrg)]
    public void A_mosaic_shows_its_stars_in_the_right_places(BayerPattern pattern)
    {
        var sky = new MadeSky(6, 800, 600, 120);
        using var frame = sky.Draw(PixelMap.Identity, bayer: pattern);
        TintMosaic(frame);
        var field = StarFinder.Find(frame);
        var errors = Errors(field, sky, faintest: 6);
        Assert.Multiple(() =>
        {
            Assert.That(errors, Has.Count.GreaterThan(10));
            Assert.That(Math.Sqrt(errors.Average(e => e * e)), Is.LessThan(0.1));
            Assert.That(field.Fwhm, Is.EqualTo(3).Within(0.15));
        });
    }

    [Test]
    public void Colour_frames_are_looked_at_in_all_three_colours()
    {
        var sky = new MadeSky(7, 500, 400, 40);
        using var frame = sky.Draw(PixelMap.Identity, channels: 3);
        var errors = Errors(StarFinder.Find(frame), sky, faintest: 3);
        Assert.That(Math.Sqrt(errors.Average(e => e * e)), Is.LessThan(0.04));
    }

    [Test]
    public void A_clipped_star_is_said_to_be_saturated_and_keeps_its_place()
    {
        var sky = new MadeSky(8, 300, 300, 0) { Stars = [new MadeStar(150.4, 140.7, 60), new MadeStar(60.2, 60.6, 5)] };
        using var frame = sky.Draw(PixelMap.Identity);
        foreach (ref var value in frame.Plane(0))
            value = Math.Min(value, 1);
        var stars = StarFinder.Find(frame).Stars;
        Assert.Multiple(() =>
        {
            Assert.That(stars.Select(star => star.Saturated), Is.EqualTo(new[] { true, false }));
            Assert.That(stars[0].X, Is.EqualTo(150.4).Within(0.1));
            Assert.That(stars[0].Y, Is.EqualTo(140.7).Within(0.1));
        });
    }

    [TestCase(0.1f, 0.5)]
    [TestCase(0.012f, 1.5)]
    [TestCase(0.006f, 2.5)]
    public void Defocused_stars_are_seen_whole(float brightness, double reach)
    {
        // Rings of 20 pixels; at the last brightness one pixel of them is hardly brighter than the noise, and only joined pixels show them.
        using var frame = new MadeSky(9, 800, 600, 0).Draw(PixelMap.Identity);
        var random = new Random(10);
        var centres = Enumerable.Range(0, 15).Select(i => (X: 60.0 + (i % 5 * 160), Y: 80.0 + (i / 5 * 200) + random.Next(60))).ToArray();
        foreach (var (cx, cy) in centres)
        {
            for (var y = (int)cy - 12; y <= cy + 12; y++)
            {
                for (var x = (int)cx - 12; x <= cx + 12; x++)
                {
                    var r = Math.Sqrt(((x - cx) * (x - cx)) + ((y - cy) * (y - cy)));
                    if (r is > 5 and < 10)
                        frame.Row(0, y)[x] += brightness;
                }
            }
        }
        var field = StarFinder.Find(frame);
        Assert.Multiple(() =>
        {
            Assert.That(field.Binning, brightness > 0.006f ? Is.GreaterThanOrEqualTo(1) : Is.GreaterThan(1));
            Assert.That(centres.Count(c => field.Stars.Any(s => Math.Abs(s.X - c.X) < reach && Math.Abs(s.Y - c.Y) < reach)), Is.GreaterThanOrEqualTo(12));
        });
    }

    [Test]
    public void Trailed_stars_are_eccentric()
    {
        var sky = new MadeSky(11, 400, 400, 0) { Stars = [] };
        using var frame = sky.Draw(PixelMap.Identity);
        for (var i = 0; i < 10; i++)
        {
            for (var step = 0; step < 20; step++)
                sky.AddStar(frame, 0, 40 + (i * 35) + (step * 0.2), 200 + (i * 7), 2);
        }
        // A line of length L adds L²/12 to the variance along it: a² = 1.27² + 4²/12, b² = 1.27² (Gaussian-weighted: somewhat less).
        Assert.That(StarFinder.Find(frame).Eccentricity, Is.EqualTo(Math.Sqrt(1 - (1.623 / (1.623 + 1.333)))).Within(0.08));
    }

    [TestCase(1, 1)]
    [TestCase(2, 2)]
    [TestCase(3, 200)]
    public void A_frame_too_small_for_stars_is_no_error(int width, int height)
    {
        using var frame = new Frame(width, height, 1);
        Assert.That(StarFinder.Find(frame).Stars, Is.Empty);
    }

    private static List<double> Errors(StarField field, MadeSky sky, double faintest)
    {
        var alone = sky.Stars.Where(star => star.Flux >= faintest
            && star.X > 15 && star.Y > 15 && star.X < sky.Width - 15 && star.Y < sky.Height - 15
            && sky.Stars.All(other => other == star || Math.Abs(other.X - star.X) + Math.Abs(other.Y - star.Y) > 6 * sky.Fwhm));
        return [.. alone.Select(truth => field.Stars.Min(star => Math.Sqrt(Math.Pow(star.X - truth.X, 2) + Math.Pow(star.Y - truth.Y, 2))))];
    }

    /// <summary>Gives the three colours of a mosaic different sky and light, as a real sensor has.</summary>
    private static void TintMosaic(Frame frame)
    {
        for (var y = 0; y < frame.Height; y++)
        {
            var row = frame.Row(0, y);
            for (var x = 0; x < row.Length; x++)
                row[x] *= ((y & 1), (x & 1)) switch { (0, 0) => 0.8f, (1, 1) => 0.6f, _ => 1 };
        }
    }
}
