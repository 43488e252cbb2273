using System.Globalization;
using AstroJobs.Imaging.Formats;
using AstroJobs.Kinds.Sky;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Sky;

public sealed class WcsHeaderTests
{
    private const int Width = 1600;
    private const int Height = 1200;

    private static Wcs Distorted { get; } = Wcs.FromCdMatrix(
        new SkyPosition(85.17, -6.11),
        632.5,
        987.0,
        (-0.0075, 0.0011, 0.0012, 0.0074),
        new SipDistortion(2, new[,] { { 0, 0, -8.7e-7 }, { 0, 6.7e-6, 0 }, { 2.9e-6, 0, 0 } }, new[,] { { 0, 0, 6.7e-6 }, { 0, 2.9e-6, 0 }, { -1.2e-6, 0, 0 } }, 2000));

    [Test]
    public void A_solution_survives_the_way_through_a_header()
    {
        var back = ThroughAFile(Distorted);
        foreach (var (x, y) in Places)
            Assert.That(back.ToSky(x, y).SeparationDeg(Distorted.ToSky(x, y)) * 3600, Is.LessThan(1e-6));
        Assert.That(back.CdMatrix.Xx, Is.EqualTo(Distorted.CdMatrix.Xx).Within(1e-15));
    }

    [Test]
    public void A_pixel_comes_back_through_the_distortion()
    {
        foreach (var (x, y) in Places)
        {
            Assert.That(Distorted.TryToPixel(Distorted.ToSky(x, y), out var backX, out var backY));
            Assert.That(double.Hypot(backX - x, backY - y), Is.LessThan(1e-4));
        }
    }

    /// <summary>Debian package python3-astropy.</summary>
    [Test]
    public void Astropy_reads_our_header_as_we_do()
    {
        using var folder = new TempFolder();
        FitsBlocks.WriteHeader(folder.File("wcs.fits"), WcsHeader.Keywords(Distorted, Width, Height));
        const string script = """
            from astropy.wcs import WCS
            from astropy.io import fits
            wcs = WCS(fits.getheader(sys.argv[1]))
            for pair in sys.argv[2:]:
                x, y = map(float, pair.split(","))
                print(*wcs.all_pix2world(x, y, 1))
            """;
        // FITS counts from 1 at the bottom.
        var asked = Places.Select(place => FormattableString.Invariant($"{place.X + 1},{Height - place.Y}"));
        var answers = Astropy.Run(script, [folder.File("wcs.fits"), .. asked]);
        foreach (var ((x, y), answer) in Places.Zip(answers))
        {
            var numbers = answer.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            Assert.That(new SkyPosition(numbers[0], numbers[1]).SeparationDeg(Distorted.ToSky(x, y)) * 3600, Is.LessThan(1e-4), $"{x}, {y}");
        }
    }

    [Test]
    public void A_header_without_a_projection_is_none()
    {
        var header = new FitsHeader();
        header.Add("CTYPE1  = 'RA---ZEA'");
        Assert.That(WcsHeader.TryRead(header, Width, Height), Is.Null);
    }

    private static IReadOnlyList<(double X, double Y)> Places { get; } = [(0, 0), (1599, 0), (1599, 1199), (0, 1199), (632.5, 987), (800.25, 600.75)];

    private static Wcs ThroughAFile(Wcs wcs)
    {
        using var folder = new TempFolder();
        FitsBlocks.WriteHeader(folder.File("wcs.fits"), WcsHeader.Keywords(wcs, Width, Height));
        return WcsHeader.TryRead(FitsHeader.ReadFile(folder.File("wcs.fits")), Width, Height)!;
    }
}
