using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Registration;

public sealed class TransformModelTests
{
    private const int Width = 1200;
    private const int Height = 900;

    private static readonly Dictionary<TransformModel, PixelMap> Cameras = new()
    {
        [TransformModel.Shift] = new(1, 0, 37.3, 0, 1, -21.8),
        [TransformModel.Similarity] = PixelMap.Similarity(1.004, 0.02, 31, -12, mirrored: false),
        [TransformModel.Affine] = new(1.002, 0.011, 5, -0.009, 0.996, -8),
        [TransformModel.Homography] = new(1.001, 0.004, 12, -0.004, 1.001, 9, 6e-6, -4e-6),
    };

    [Test]
    public void The_simplest_model_that_fits_is_chosen_and_fits(
        [Values(TransformModel.Shift, TransformModel.Similarity, TransformModel.Affine, TransformModel.Homography)] TransformModel truth, [Range(1, 4)] int seed)
    {
        var sky = new MadeSky(seed, Width, Height, 250, margin: 100);
        var match = new StarMatcher(Seen(sky, PixelMap.Identity, seed)).Match(Seen(sky, Cameras[truth], seed + 100));
        Assert.That(match.Reason, Is.Null);
        Assert.Multiple(() =>
        {
            Assert.That(match.ToReference!.Model, Is.EqualTo(truth));
            Assert.That(Worst(match.ToReference!, Cameras[truth].Map), Is.LessThan(0.05));
            Assert.That(match.RmsPixels, Is.LessThan(0.1)); // 0.04 px a star and axis on both frames: 0.08
        });
    }

    [Test]
    public void A_model_that_is_asked_for_is_used([Values(TransformModel.Similarity, TransformModel.Affine, TransformModel.Homography, TransformModel.Distortion)] TransformModel model)
    {
        var sky = new MadeSky(3, Width, Height, 250, margin: 100);
        var match = new StarMatcher(Seen(sky, PixelMap.Identity, 1), model).Match(Seen(sky, Cameras[TransformModel.Similarity], 2));
        Assert.That(match.ToReference!.Model, Is.EqualTo(model));
        Assert.That(Worst(match.ToReference!, Cameras[TransformModel.Similarity].Map), Is.LessThan(0.15));
    }

    [Test]
    public void A_shift_that_is_asked_for_does_not_take_a_turned_frame()
    {
        var sky = new MadeSky(3, Width, Height, 250, margin: 100);
        var reference = Seen(sky, PixelMap.Identity, 1);
        Assert.Multiple(() =>
        {
            Assert.That(new StarMatcher(reference, TransformModel.Shift).Match(Seen(sky, Cameras[TransformModel.Shift], 2)).ToReference!.Model, Is.EqualTo(TransformModel.Shift));
            Assert.That(new StarMatcher(reference, TransformModel.Shift).Match(Seen(sky, sky.Camera(3, 4, 5), 2)).ToReference, Is.Null);
        });
    }

    [Test]
    public void Few_stars_are_never_given_a_rich_model([Range(5, 9)] int stars, [Range(1, 5)] int seed)
    {
        var sky = new MadeSky(seed, Width, Height, stars);
        var match = new StarMatcher(Seen(sky, PixelMap.Identity, 1)).Match(Seen(sky, sky.Camera(12, -9, 0.4), 2));
        Assert.That(match.ToReference?.Model, Is.Null.Or.EqualTo(TransformModel.Shift).Or.EqualTo(TransformModel.Similarity));
    }

    // 6000 px of 4 µm behind 18 mm: 67° wide; the sky turns by 1° to 4°, and the lens is bent by some hundred pixels at the corners.
    [TestCase(0.0, 0.02)]
    [TestCase(-0.12, 0.017)]
    [TestCase(-0.12, 0.07)]
    [TestCase(0.05, 0.035)]
    public void A_wide_angle_lens_is_followed_to_its_corners(double k, double turn)
    {
        var lens = new MadeLens(6000, 4000, 4500, k);
        var sky = MadeLens.Sky(5, 12000);
        var match = new StarMatcher(lens.See(sky, 0, 0.05, 1)).Match(lens.See(sky, turn, 0.05, 2));
        Assert.That(match.Reason, Is.Null);
        var worst = 0.0;
        var sum = 0.0;
        var compared = 0;
        foreach (var (place, _) in sky)
        {
            if (lens.Project(place, 0) is var (rx, ry) && lens.Project(place, turn) is var (fx, fy) && IsInside(rx, ry) && IsInside(fx, fy))
            {
                var (x, y) = match.ToReference!.ToReference(fx, fy);
                var error = Math.Sqrt(((x - rx) * (x - rx)) + ((y - ry) * (y - ry)));
                (worst, sum, compared) = (Math.Max(worst, error), sum + (error * error), compared + 1);
            }
        }
        TestContext.Out.WriteLine($"{match.ToReference!.Model} {match.ToReference!.Bend?.Order} worst {worst:0.000} rms {Math.Sqrt(sum / compared):0.000} of {compared}, inliers {match.Inliers}");
        Assert.Multiple(() =>
        {
            Assert.That(Math.Sqrt(sum / compared), Is.LessThan(0.05));
            Assert.That(worst, Is.LessThan(0.3));
            Assert.That(match.Inliers, Is.GreaterThan(0.95 * compared));
        });

        static bool IsInside(double x, double y) => x is > 0 and < 5999 && y is > 0 and < 3999;
    }

    [Test]
    public void A_bent_map_leads_there_and_back()
    {
        var lens = new MadeLens(6000, 4000, 4500, -0.12);
        var sky = MadeLens.Sky(7, 12000);
        var map = new StarMatcher(lens.See(sky, 0, 0.05, 1)).Match(lens.See(sky, 0.05, 0.05, 2)).ToReference!;
        Assert.That(map.Model, Is.EqualTo(TransformModel.Distortion));
        foreach (var (x, y) in new[] { (0.0, 0.0), (5999, 3999), (3000, 17), (4200.5, 2100.25) })
        {
            var (rx, ry) = map.ToReference(x, y);
            var (bx, by) = map.ToFrame(rx, ry);
            Assert.That(Math.Abs(bx - x) + Math.Abs(by - y), Is.LessThan(1e-4));
        }
    }

    private static double Worst(FrameMap found, Func<double, double, (double X, double Y)> truth)
    {
        var worst = 0.0;
        foreach (var (x, y) in new[] { (0.0, 0.0), (1199, 0), (0, 899), (1199, 899), (600, 450) })
        {
            var ((fx, fy), (tx, ty)) = (found.ToReference(x, y), truth(x, y));
            worst = Math.Max(worst, Math.Sqrt(((fx - tx) * (fx - tx)) + ((fy - ty) * (fy - ty))));
        }
        return worst;
    }

    private static StarField Seen(MadeSky sky, PixelMap camera, int exposure)
    {
        var random = new Random(exposure * 31);
        var fromSky = camera.Inverse();
        var stars = new List<Star>();
        foreach (var star in sky.Stars)
        {
            var (x, y) = fromSky.Map(star.X, star.Y);
            if (x >= 0 && y >= 0 && x < Width && y < Height)
                stars.Add(new Star(x + (0.04 * Normal(random)), y + (0.04 * Normal(random)), star.Flux, 0, 3, 0, false, 0.04));
        }
        return new StarField(Width, Height, [.. stars.OrderByDescending(star => star.Flux)], 0.1, 0.005, 1);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
