using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Registration;

public sealed class StarMatcherTests
{
    private const int Width = 1200;
    private const int Height = 900;

    [Test]
    public void Any_shift_turn_scale_and_mirror_is_found(
        [Values(0.0, 37, 90, 180, -123)] double degrees, [Values(0.9, 1.0, 1.1)] double scale, [Values] bool mirrored)
    {
        var sky = new MadeSky(1, Width, Height, 1500, margin: 900);
        var camera = sky.Camera(Width / 3.0, -Height / 3.0, degrees, scale, mirrored);
        var match = new StarMatcher(Seen(sky, PixelMap.Identity, 1)).Match(Seen(sky, camera, 2));
        Assert.That(match.Reason, Is.Null);
        var map = match.ToReference!.Plane;
        Assert.Multiple(() =>
        {
            Assert.That(match.RmsPixels, Is.LessThan(0.15)); // 0.05 px a star and axis on both frames: 0.1
            Assert.That(map.IsMirrored, Is.EqualTo(mirrored));
            Assert.That(map.Scale, Is.EqualTo(scale).Within(0.0005));
            Assert.That(WorstError(map, camera), Is.LessThan(0.1));
        });
    }

    [Test]
    public void False_and_missing_stars_do_not_mislead([Range(1, 20)] int seed)
    {
        var sky = new MadeSky(seed, Width, Height, 500, margin: 500);
        var camera = sky.Camera(Width / 3.0, Height / 4.0, 11);
        var match = new StarMatcher(Seen(sky, PixelMap.Identity, 1, missing: 0.2, wrong: 0.2)).Match(Seen(sky, camera, 2, missing: 0.2, wrong: 0.2));
        Assert.That(match.Reason, Is.Null);
        Assert.That(WorstError(match.ToReference!.Plane, camera), Is.LessThan(0.15));
    }

    [Test]
    public void Another_sky_is_never_accepted([Values(8, 30, 200, 1500)] int stars, [Range(1, 8)] int seed)
    {
        var one = new MadeSky(seed, Width, Height, stars);
        var other = new MadeSky(seed + 1000, Width, Height, stars);
        var match = new StarMatcher(Seen(one, PixelMap.Identity, 1)).Match(Seen(other, PixelMap.Identity, 2));
        Assert.Multiple(() =>
        {
            Assert.That(match.ToReference, Is.Null);
            Assert.That(match.Reason, Does.Match(@"\d+ (of its|stars)"));
        });
    }

    [Test]
    public void A_handful_of_stars_is_enough_when_they_all_agree()
    {
        var sky = new MadeSky(5, Width, Height, 7);
        var camera = sky.Camera(15, -9, 0.3);
        Assert.That(new StarMatcher(Seen(sky, PixelMap.Identity, 1)).Match(Seen(sky, camera, 2)).Reason, Is.Null);
    }

    [Test]
    public void Too_few_stars_are_said_to_be_too_few()
    {
        var sky = new MadeSky(6, Width, Height, 3);
        var match = new StarMatcher(Seen(sky, PixelMap.Identity, 1)).Match(Seen(sky, PixelMap.Identity, 2));
        Assert.That(match.Reason, Is.EqualTo("only 3 stars found on the frame, 4 are needed"));
    }

    [Test]
    public void Hot_pixels_that_stand_still_do_not_outvote_stars_that_moved()
    {
        var sky = new MadeSky(7, Width, Height, 80, margin: 100);
        var hot = new MadeSky(8, Width, Height, 25);
        var camera = sky.Camera(23, 14);
        var reference = Join(Seen(sky, PixelMap.Identity, 1), Seen(hot, PixelMap.Identity, 1));
        var frame = Join(Seen(sky, camera, 2), Seen(hot, PixelMap.Identity, 2));
        Assert.That(WorstError(new StarMatcher(reference).Match(frame).ToReference!.Plane, camera), Is.LessThan(0.15));
    }

    [Test]
    public void Pictures_are_matched_by_what_is_seen_on_them()
    {
        var sky = new MadeSky(9, 700, 500, 150, margin: 300);
        var camera = sky.Camera(-200, 120, 25, 1.05);
        using var first = sky.Draw(PixelMap.Identity, 1);
        using var second = sky.Draw(camera, 2);
        var match = new StarMatcher(StarFinder.Find(first)).Match(StarFinder.Find(second));
        Assert.That(match.Reason, Is.Null);
        Assert.Multiple(() =>
        {
            Assert.That(match.RmsPixels, Is.LessThan(0.2));
            Assert.That(WorstError(match.ToReference!.Plane, camera), Is.LessThan(0.1));
        });
    }

    private static double WorstError(PixelMap found, PixelMap truth)
    {
        var worst = 0.0;
        foreach (var (x, y) in new[] { (100.0, 100.0), (1100, 100), (100, 800), (1100, 800), (600, 450) })
        {
            var ((fx, fy), (tx, ty)) = (found.Map(x, y), truth.Map(x, y));
            worst = Math.Max(worst, Math.Sqrt(((fx - tx) * (fx - tx)) + ((fy - ty) * (fy - ty))));
        }
        return worst;
    }

    /// <summary>The star list of a camera, with 0.05 px of error a star and axis.</summary>
    private static StarField Seen(MadeSky sky, PixelMap camera, int exposure, double missing = 0, double wrong = 0)
    {
        var random = new Random(exposure * 31);
        var fromSky = camera.Inverse();
        var stars = new List<Star>();
        foreach (var star in sky.Stars)
        {
            var (x, y) = fromSky.Map(star.X, star.Y);
            if (x < 0 || y < 0 || x >= Width || y >= Height || random.NextDouble() < missing)
                continue;
            (x, y) = (x + (0.05 * Normal(random)), y + (0.05 * Normal(random)));
            stars.Add(new Star(x, y, star.Flux * (1 + (0.1 * Normal(random))), 0, 3, 0, false, 0.05));
        }
        for (var i = (int)(stars.Count * wrong); i > 0; i--)
            stars.Add(new Star(random.NextDouble() * Width, random.NextDouble() * Height, stars[random.Next(stars.Count)].Flux, 0, 3, 0, false, 0.05));
        return new StarField(Width, Height, [.. stars.OrderByDescending(star => star.Flux)], 0.1, 0.005, 1);
    }

    private static StarField Join(StarField a, StarField b) =>
        new(Width, Height, [.. a.Stars.Concat(b.Stars).OrderByDescending(star => star.Flux)], 0.1, 0.005, 1);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
