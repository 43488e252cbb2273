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

    [Test]
    public void A_good_solution_stays_as_good()
    {
        var (truth, field) = Look(305, 40, 15);
        Assert.That(WorstCorner(truth, PlateRefiner.Refine(truth, field.Stars, Width, Height, StarCatalogue.Embedded)), Is.LessThan(0.3));
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
