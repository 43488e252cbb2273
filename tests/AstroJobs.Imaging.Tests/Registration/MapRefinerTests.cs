using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Tests.Registration;

/// <summary>Lenses of which the stars tell a part only.</summary>
public sealed class MapRefinerTests
{
    private const int Width = 1600;
    private const int Height = 1200;
    private const double Error = 0.05;

    /// <summary>What a round lens does about the middle of the picture has odd orders alone: those of the second do not help, and the third is found all the same.</summary>
    [TestCase(4.0)]
    [TestCase(-9.0)]
    public void A_lens_of_odd_orders_is_followed(double pixelsAtTheCorner)
    {
        var match = Match(pixelsAtTheCorner, TransformModel.Auto, static (_, _) => true);
        Assert.That(match.Reason, Is.Null);
        Assert.Multiple(() =>
        {
            Assert.That(match.ToReference!.Model, Is.EqualTo(TransformModel.Distortion));
            Assert.That(Worst(match.ToReference, pixelsAtTheCorner), Is.LessThan(0.3));
        });
    }

    /// <summary>A landscape: no star holds the lens in the lower half, and a polynomial of a high order would throw the ground about.</summary>
    [Test]
    public void Where_there_are_no_stars_a_lens_stays_tame([Values] bool above, [Values(TransformModel.Auto, TransformModel.Distortion)] TransformModel model, [Values(1, 2, 3)] int seed)
    {
        var match = Match(6, model, (_, y) => above ? y < Height * 0.4 : y > Height * 0.6, stars: 150, seed);
        Assert.That(match.Reason is null || model == TransformModel.Distortion, match.Reason);
        if (match.ToReference is { } map)
            Assert.That(Worst(map, 6), Is.LessThan(25), "four times what the lens does to the picture's corner");
    }

    /// <summary>A wide lens whose stars are on one side: a polynomial of the fourth order, which they would pay for, throws the other side about by 40 to 190 pixels.</summary>
    [TestCase(1, 0.3, 0.017)]
    [TestCase(1, 0.25, 0.035)]
    [TestCase(1, 0.35, 0.035)]
    [TestCase(0.2, 1, 0.035)]
    [TestCase(0.25, 1, 0.017)]
    public void A_wide_lens_does_not_throw_about_what_shows_no_stars(double right, double down, double turn)
    {
        var lens = new MadeLens(6000, 4000, 4500, -0.12);
        var sky = MadeLens.Sky(5, 9000);
        var map = new StarMatcher(Starry(lens.See(sky, 0, 0.05, 1))).Match(Starry(lens.See(sky, turn, 0.05, 2))).ToReference!;
        for (var i = 0; i < 25; i++)
        {
            var (x, y) = (i % 5 / 4.0 * 5999, i / 5 / 4.0 * 3999);
            var ((bentX, bentY), (planeX, planeY)) = (map.ToReference(x, y), map.Plane.Map(x, y));
            Assert.That(double.Hypot(bentX - planeX, bentY - planeY), Is.LessThan(30), $"at {x:0}, {y:0}");
        }

        StarField Starry(StarField field) => new(field.Width, field.Height, [.. field.Stars.Where(star => star.X < right * 6000 && star.Y < down * 4000)], 0.1, 0.005, 1);
    }

    private static StarMatch Match(double pixelsAtTheCorner, TransformModel model, Func<double, double, bool> isStarry, int stars = 900, int seed = 1)
    {
        var random = new Random(seed);
        var (frame, reference) = (new List<Star>(), new List<Star>());
        while (frame.Count < stars)
        {
            var (x, y) = (Width * random.NextDouble(), Height * random.NextDouble());
            if (!isStarry(x, y))
                continue;
            var flux = Math.Pow(1 - random.NextDouble(), -1 / 1.5);
            var (rx, ry) = Bent(x, y, pixelsAtTheCorner);
            frame.Add(Near(x, y, flux));
            reference.Add(Near(rx, ry, flux));
        }
        return new StarMatcher(Field(reference), model).Match(Field(frame));

        Star Near(double x, double y, double flux) => new(x + (Error * Normal(random)), y + (Error * Normal(random)), flux, 1, 3, 0, false, Error);
        static StarField Field(List<Star> list) => new(Width, Height, [.. list.OrderByDescending(star => star.Flux)], 0.1, 0.005, 1);
    }

    private static double Worst(FrameMap map, double pixelsAtTheCorner) => Enumerable.Range(0, 25).Max(i =>
    {
        var (x, y) = (i % 5 / 4.0 * (Width - 1), i / 5 / 4.0 * (Height - 1));
        var ((fx, fy), (tx, ty)) = (map.ToReference(x, y), Bent(x, y, pixelsAtTheCorner));
        return double.Hypot(fx - tx, fy - ty);
    });

    private static (double X, double Y) Bent(double x, double y, double pixelsAtTheCorner)
    {
        var (u, v) = (x - ((Width - 1) / 2.0), y - ((Height - 1) / 2.0));
        var corner = double.Hypot(Width, Height) / 2;
        var outwards = pixelsAtTheCorner * ((u * u) + (v * v)) / (corner * corner * corner);
        return (x + (u * outwards) + 7.5, y + (v * outwards) - 4.2);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
