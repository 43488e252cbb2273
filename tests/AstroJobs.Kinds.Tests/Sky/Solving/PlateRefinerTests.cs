using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stars;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Sky;
using AstroJobs.Kinds.Sky.Solving;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Sky.Solving;

/// <summary>Solutions that are off, on pictures of the real sky whose pointing is known.</summary>
public sealed class PlateRefinerTests : FolderFixture
{
    private const int Width = 800;
    private const int Height = 600;

    [TestCase(83.9, -3.2, 12)]
    [TestCase(150, -87, 30)]
    [TestCase(161, -60, 40)]
    [TestCase(0.01, 10, 8)]
    public void A_solution_that_is_off_is_laid_on_the_stars(double ra, double dec, double width)
    {
        var (truth, field) = Look(ra, dec, width);
        // Ten pixels off, turned by half a degree, one per cent too large, and bent where nothing is.
        var off = Wcs.Looking(truth.Tangent, truth.TangentX + 8, truth.TangentY - 6, truth.ScaleArcsecPerPixel * 1.01, 0.5);
        var a = new double[3, 3];
        a[2, 0] = 2e-5;
        var bent = Wcs.FromCdMatrix(off.Tangent, off.TangentX, off.TangentY, off.CdMatrix, new SipDistortion(2, a, new double[3, 3], 600));
        Assert.That(WorstCorner(truth, bent), Is.GreaterThan(8));

        Assert.That(WorstCorner(truth, PlateRefiner.Refine(bent, field.Stars, Width, Height, StarCatalogue.Embedded)), Is.LessThan(0.5));
    }

    [Test]
    public void A_lens_that_bends_is_followed_to_the_corners()
    {
        var (truth, field) = Look(83.9, -3.2, 20);
        // The truth seen through a lens of two per cent barrel at the corners: the stars move, the plane stays.
        var (a, b) = (new double[4, 4], new double[4, 4]);
        var k = 0.02 / (500.0 * 500.0);
        (a[3, 0], a[1, 2], b[2, 1], b[0, 3]) = (k, k, k, k);
        var lens = Wcs.FromCdMatrix(truth.Tangent, truth.TangentX, truth.TangentY, truth.CdMatrix, new SipDistortion(3, a, b, 700));
        var moved = new List<Star>();
        foreach (var star in field.Stars)
        {
            Assert.That(lens.TryToPixel(truth.ToSky(star.X, star.Y), out var x, out var y), Is.True);
            moved.Add(star with { X = x, Y = y });
        }

        var fitted = PlateRefiner.Refine(truth, moved, Width, Height, StarCatalogue.Embedded);

        Assert.That(fitted.Distortion, Is.Not.Null);
        Assert.That(WorstCorner(lens, fitted), Is.LessThan(1));
    }

    /// <summary>A landscape: the lens is known from the stars above it, and the corners below have none.</summary>
    [TestCase(0.55, 0.02, 0)]
    [TestCase(0.7, 0.05, -0.02)]
    [TestCase(0.7, -0.03, 0.01)]
    public void A_lens_is_followed_where_there_are_no_stars(double starry, double k1, double k2)
    {
        var truth = Wcs.Looking(new SkyPosition(257, -45), (Width - 1) / 2.0, (Height - 1) / 2.0, 72 * 3600.0 / Width, 170);
        var (a, b) = (new double[6, 6], new double[6, 6]);
        var (cubic, quintic) = (k1 / Math.Pow(Width / 2.0, 2), k2 / Math.Pow(Width / 2.0, 4));
        (a[3, 0], a[1, 2], b[2, 1], b[0, 3]) = (cubic, cubic, cubic, cubic);
        (a[5, 0], a[3, 2], a[1, 4], b[4, 1], b[2, 3], b[0, 5]) = (quintic, 2 * quintic, quintic, quintic, 2 * quintic, quintic);
        var lens = Wcs.FromCdMatrix(truth.Tangent, truth.TangentX, truth.TangentY, truth.CdMatrix, new SipDistortion(5, a, b, 700));
        var random = new Random(7);
        var pairs = new List<(Star, SkyStar)>();
        for (var i = 0; i < 450; i++)
        {
            var (x, y) = (Width * random.NextDouble(), Height * starry * random.NextDouble());
            // Trails: their middles are found to half a pixel.
            var star = new Star(x + random.NextDouble() - 0.5, y + random.NextDouble() - 0.5, 100, 1, 3, 0, false, 0.1);
            pairs.Add((star, new SkyStar(lens.ToSky(x, y), 5, 0)));
        }

        var fitted = PlateFit.Make(pairs, truth.Tangent, Width, Height, highestOrder: 5)!;

        Assert.That(WorstCorner(lens, fitted), Is.LessThan(2.5));
    }

    [Test]
    public void A_round_lens_is_its_polynomial_and_a_lens_that_is_not_round_is_followed_too()
    {
        var points = Enumerable.Range(0, 300).Select(i =>
        {
            var (u, v) = (Math.Sin(i), Math.Cos(1.7 * i));
            var stretch = 1 + (0.04 * ((u * u) + (v * v))) - (0.01 * Math.Pow((u * u) + (v * v), 2));
            return new PlatePoint(u, v, 1 + (30 * u * stretch) - (2 * v * stretch), 2 + (3 * u * stretch) + (29 * v * stretch));
        }).ToArray();
        var lens = RadialLens.Fit(points, 2)!;
        var (xi, eta) = (lens.Polynomial(alongXi: true), lens.Polynomial(alongXi: false));
        foreach (var point in points)
        {
            var (sumXi, sumEta, term) = (0.0, 0.0, 0);
            for (var order = 0; order <= lens.Order; order++)
            {
                for (var q = 0; q <= order; q++, term++)
                    (sumXi, sumEta) = (sumXi + (xi[term] * Math.Pow(point.U, order - q) * Math.Pow(point.V, q)), sumEta + (eta[term] * Math.Pow(point.U, order - q) * Math.Pow(point.V, q)));
            }
            Assert.That((sumXi, sumEta), Is.EqualTo((point.Xi, point.Eta)).Using<(double, double)>((one, other) => Math.Abs(one.Item1 - other.Item1) < 1e-9 && Math.Abs(one.Item2 - other.Item2) < 1e-9));
        }
    }

    [Test]
    public void A_good_solution_stays_as_good()
    {
        var (truth, field) = Look(305, 40, 15);
        Assert.That(WorstCorner(truth, PlateRefiner.Refine(truth, field.Stars, Width, Height, StarCatalogue.Embedded)), Is.LessThan(0.3));
    }

    /// <summary>What a solver swears to, on a picture that shows other stars.</summary>
    [TestCase(10, 10, 10, 120, 30)]
    [TestCase(161, -60, 40, 280, -20)]
    [TestCase(305, 40, 15, 83.9, -3.2)]
    [TestCase(150, -87, 30, 30, 60)]
    public void A_solution_is_not_laid_on_strangers(double ra, double dec, double width, double otherRa, double otherDec)
    {
        var (truth, field) = Look(ra, dec, width);
        for (var turn = 0; turn < 360; turn += 40)
        {
            var wrong = Wcs.Looking(new SkyPosition(otherRa, otherDec), truth.TangentX, truth.TangentY, truth.ScaleArcsecPerPixel, turn);
            Assert.That(PlateRefiner.Refine(wrong, field.Stars, Width, Height, StarCatalogue.Embedded), Is.SameAs(wrong), $"turned by {turn}°");
        }
    }

    [Test]
    public void No_pairs_are_no_fit() =>
        Assert.That(PlateFit.Make([], new SkyPosition(0, 0), Width, Height, highestOrder: 3), Is.Null);

    private (Wcs Truth, StarField Field) Look(double ra, double dec, double width)
    {
        var settings = new SimulatedCameraSettings { RaDeg = ra, DecDeg = dec, FovDeg = width, Width = Width, Height = Height, Instant = true };
        var request = new ExposureRequest(0, TimeSpan.FromSeconds(10), FrameType.Light, Folder.Path, "sky", "fits");
        var files = new SimulatedCamera(settings, TimeProvider.System).ExposeAsync(request, CancellationToken.None).GetAwaiter().GetResult();
        using var frame = ImageFile.Read(files[0].Path);
        return (SimulatedOptics.FirstView(settings), StarFinder.Find(frame));
    }

    /// <summary>How far apart the two see the corners and the middle, pixels of the first.</summary>
    private static double WorstCorner(Wcs truth, Wcs other)
    {
        var worst = 0.0;
        foreach (var (x, y) in ((double, double)[])[(0, 0), (Width - 1, 0), (Width - 1, Height - 1), (0, Height - 1), ((Width - 1) / 2.0, (Height - 1) / 2.0)])
            worst = Math.Max(worst, truth.ToSky(x, y).SeparationDeg(other.ToSky(x, y)) * 3600 / truth.ScaleArcsecPerPixel);
        return worst;
    }
}
