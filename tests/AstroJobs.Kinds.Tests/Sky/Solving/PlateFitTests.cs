using AstroJobs.Imaging.Stars;
using AstroJobs.Kinds.Sky;
using AstroJobs.Kinds.Sky.Solving;

namespace AstroJobs.Kinds.Tests.Sky.Solving;

/// <summary>Where a picture looks, from pairs whose truth is known: what is wrong at the corners is wrong in every label, grid line and coordinate there.</summary>
public sealed class PlateFitTests
{
    private const int Width = 900;
    private const int Height = 600;

    private static readonly Wcs Plane = Wcs.Looking(new SkyPosition(83.8, 22), (Width - 1) / 2.0, (Height - 1) / 2.0, 60, 25);

    /// <summary>Eight stars a number: with fewer the corners would be drawn by the errors of the stars.</summary>
    [Test]
    public void Pairs_that_are_few_never_bend_the_corners([Values(24, 31, 40, 48, 60, 80, 120, 170)] int count, [Values(1, 2, 3)] int seed)
    {
        var fitted = PlateFit.Make(Pairs(Plane, count, 0.4, seed), Plane.Tangent, Width, Height, highestOrder: 5)!;
        Assert.That(WorstCorner(Plane, fitted), Is.LessThan(1.5));
    }

    [TestCase(23)]
    [TestCase(0)]
    public void Pairs_too_few_for_a_plane_are_no_fit(int count) => Assert.That(PlateFit.Make(Pairs(Plane, count, 0.1, 1), Plane.Tangent, Width, Height, highestOrder: 5), Is.Null);

    [Test]
    public void Stars_on_a_line_are_no_fit()
    {
        (Star, SkyStar)[] line = [.. Enumerable.Range(0, 100).Select(static i => Pair(Plane, 5 * i, 3 * i, 0, new Random(1)))];
        Assert.That(PlateFit.Make(line, Plane.Tangent, Width, Height, highestOrder: 1), Is.Null);
    }

    /// <summary>The errors of one sky in a hundred look like a lens to the criterion (6.4 for a number more, of 600 coordinates).</summary>
    [Test]
    public void A_lens_that_does_not_bend_is_hardly_ever_given_a_distortion()
    {
        Wcs[] fitted = [.. Enumerable.Range(1, 12).Select(seed => PlateFit.Make(Pairs(Plane, 300, 0.3, seed), Plane.Tangent, Width, Height, highestOrder: 5)!)];
        Assert.That(fitted.Count(static wcs => wcs.Distortion is not null), Is.LessThan(3));
        Assert.That(fitted.Select(wcs => WorstCorner(Plane, wcs)), Is.All.LessThan(0.3));
    }

    [Test]
    public void Strangers_among_the_pairs_do_not_move_it([Values(0.05, 0.15)] double share, [Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        var pairs = Pairs(Bent(), 300, 0.2, seed);
        for (var i = 0; i < share * pairs.Count; i++) // all to one side, as what lies beside brighter stars does
            pairs[i] = (pairs[i].Star with { X = pairs[i].Star.X + 4 + (4 * random.NextDouble()) }, pairs[i].Sky);
        var fitted = PlateFit.Make(pairs, Plane.Tangent, Width, Height, highestOrder: 5)!;
        Assert.That(WorstCorner(Bent(), fitted), Is.LessThan(0.8));
    }

    [Test]
    public void A_lens_that_is_not_round_is_followed_and_every_pixel_leads_to_the_sky_and_back()
    {
        var truth = Bent();
        var fitted = PlateFit.Make(Pairs(truth, 500, 0.1, 1), Plane.Tangent, Width, Height, highestOrder: 5)!;
        Assert.That(WorstCorner(truth, fitted), Is.LessThan(0.5));
        foreach (var (x, y) in new[] { (0.0, 0.0), (Width - 1, 0), (Width - 1, Height - 1), (0, Height - 1) })
        {
            Assert.That(fitted.TryToPixel(fitted.ToSky(x, y), out var u, out var v), Is.True);
            Assert.That(double.Hypot(u - x, v - y), Is.LessThan(0.05));
        }
    }

    [TestCase(83.8, 22, 2)]
    [TestCase(10, 89.2, 0.7)] // the pole is in the picture
    [TestCase(359.9, 0, 2)]
    public void It_need_not_be_known_where_the_middle_looks(double ra, double dec, double off)
    {
        var truth = Wcs.Looking(new SkyPosition(ra, dec), (Width - 1) / 2.0, (Height - 1) / 2.0, 30, 100);
        var near = new SkyPosition((ra + (off / Math.Cos(double.DegreesToRadians(dec)))) % 360, dec - off);
        var fitted = PlateFit.Make(Pairs(truth, 300, 0.1, 1), near, Width, Height, highestOrder: 3)!;
        Assert.Multiple(() =>
        {
            Assert.That(WorstCorner(truth, fitted), Is.LessThan(0.2));
            Assert.That(fitted.Tangent.SeparationDeg(truth.Tangent) * 3600 / truth.ScaleArcsecPerPixel, Is.LessThan(0.1), "the plane touches the sky in the middle of the picture");
            Assert.That((fitted.TangentX, fitted.TangentY), Is.EqualTo(((Width - 1) / 2.0, (Height - 1) / 2.0)));
        });
    }

    /// <summary>A lens that is tilted and a little round: 15 pixels at the corners.</summary>
    private static Wcs Bent()
    {
        var (a, b) = (new double[4, 4], new double[4, 4]);
        (a[2, 0], a[1, 1], b[0, 2], b[2, 0]) = (2e-5, -1e-5, 1.5e-5, 1e-5);
        (a[3, 0], a[1, 2], b[2, 1], b[0, 3]) = (8e-8, 8e-8, 8e-8, 8e-8);
        return Wcs.FromCdMatrix(Plane.Tangent, Plane.TangentX, Plane.TangentY, Plane.CdMatrix, new SipDistortion(3, a, b, 600));
    }

    private static List<(Star Star, SkyStar Sky)> Pairs(Wcs truth, int count, double error, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Pair(truth, Width * random.NextDouble(), Height * random.NextDouble(), error, random))];
    }

    private static (Star, SkyStar) Pair(Wcs truth, double x, double y, double error, Random random) =>
        (new Star(x + (error * Normal(random)), y + (error * Normal(random)), 100, 1, 3, 0, false, 0.1), new SkyStar(truth.ToSky(x, y), 5, 0));

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>How far apart the two see the corners and the middle, pixels.</summary>
    private static double WorstCorner(Wcs truth, Wcs other)
    {
        (double X, double Y)[] places = [(0, 0), (Width - 1, 0), (Width - 1, Height - 1), (0, Height - 1), ((Width - 1) / 2.0, (Height - 1) / 2.0)];
        return places.Max(place => truth.ToSky(place.X, place.Y).SeparationDeg(other.ToSky(place.X, place.Y)) * 3600 / truth.ScaleArcsecPerPixel);
    }
}
