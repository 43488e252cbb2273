using System.Diagnostics;
using System.Globalization;
using AstroJobs.Imaging.Formats;
using AstroJobs.Kinds.Sky;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Sky;

public sealed class WcsHeaderTests : FolderFixture
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
        FitsBlocks.WriteHeader(Folder.File("wcs.fits"), WcsHeader.Keywords(Distorted, Width, Height));
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
        var answers = Astropy.Run(script, [Folder.File("wcs.fits"), .. asked]);
        foreach (var ((x, y), answer) in Places.Zip(answers))
        {
            var numbers = answer.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            Assert.That(new SkyPosition(numbers[0], numbers[1]).SeparationDeg(Distorted.ToSky(x, y)) * 3600, Is.LessThan(1e-4), $"{x}, {y}");
        }
    }

    /// <summary>astropy's own solver finds the pixel without AP and BP; what they say is asked of it alone, by sip_foc2pix, and by readers that have nothing else.</summary>
    [TestCase(0.0)]
    [TestCase(0.02, Description = "two per cent of barrel at the corner")]
    [TestCase(-0.03, Description = "three of pincushion")]
    public void The_way_back_comes_back(double barrel)
    {
        var wcs = Bent(barrel);
        var inverse = SipInverse.Fit(wcs.Distortion!, wcs.TangentX, wcs.TangentY, Width, Height);
        for (var i = 0; i <= 50; i++)
        {
            for (var j = 0; j <= 50; j++)
            {
                var (dx, dy) = ((i * (Width - 1) / 50.0) - wcs.TangentX, (j * (Height - 1) / 50.0) - wcs.TangentY);
                var plain = wcs.Distortion!.Remove(dx, dy);
                var back = inverse.Apply(plain.X, plain.Y);
                Assert.That(double.Hypot(back.X - dx, back.Y - dy), Is.LessThan(0.01), $"{dx}, {dy}");
            }
        }
    }

    [Test]
    public void Astropy_goes_back_by_our_header_too()
    {
        var wcs = Bent(0.02);
        FitsBlocks.WriteHeader(Folder.File("wcs.fits"), WcsHeader.Keywords(wcs, Width, Height));
        const string script = """
            from astropy.wcs import WCS
            from astropy.io import fits
            wcs = WCS(fits.getheader(sys.argv[1]))
            for pair in sys.argv[2:]:
                ra, dec = map(float, pair.split(","))
                plane = wcs.wcs_world2pix(ra, dec, 1)
                print(*wcs.sip_foc2pix(plane[0] - wcs.wcs.crpix[0], plane[1] - wcs.wcs.crpix[1], 1))
            """;
        var asked = Places.Select(place => wcs.ToSky(place.X, place.Y)).Select(sky => FormattableString.Invariant($"{sky.RaDeg:R},{sky.DecDeg:R}"));
        foreach (var ((x, y), answer) in Places.Zip(Astropy.Run(script, [Folder.File("wcs.fits"), .. asked])))
        {
            var numbers = answer.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            Assert.That(double.Hypot(numbers[0] - 1 - x, Height - numbers[1] - y), Is.LessThan(0.01), $"{x}, {y}");
        }
    }

    /// <summary>NASA's own checker (Debian package fitsverify).</summary>
    [Test]
    public void Fitsverify_finds_nothing_wrong()
    {
        FitsBlocks.WriteHeader(Folder.File("wcs.fits"), WcsHeader.Keywords(Bent(0.02), Width, Height));
        using var process = Process.Start(new ProcessStartInfo("fitsverify", ["-l", Folder.File("wcs.fits")]) { RedirectStandardOutput = true })!;
        Assert.That(process.StandardOutput.ReadToEnd(), Does.Contain("0 warning(s) and 0 error(s)"));
        process.WaitForExit();
    }

    /// <summary>Distorted about its middle like a lens, besides the bend that it has.</summary>
    private static Wcs Bent(double barrel)
    {
        var (a, b) = (new double[4, 4], new double[4, 4]);
        var k = barrel / (1000.0 * 1000.0);
        (a[3, 0], a[1, 2], b[2, 1], b[0, 3]) = (k, k, k, k);
        (a[1, 1], b[0, 2], a[2, 0]) = (6.7e-6, 6.7e-6, 2.9e-6);
        return Wcs.FromCdMatrix(new SkyPosition(85.17, -6.11), 799.5, 599.5, (-0.0075, 0.0011, 0.0012, 0.0074), new SipDistortion(3, a, b, 1100));
    }

    [Test]
    public void A_header_without_a_projection_is_none()
    {
        var header = new FitsHeader();
        header.Add("CTYPE1  = 'RA---ZEA'");
        Assert.That(WcsHeader.TryRead(header, Width, Height), Is.Null);
    }

    private static IReadOnlyList<(double X, double Y)> Places { get; } = [(0, 0), (1599, 0), (1599, 1199), (0, 1199), (632.5, 987), (800.25, 600.75)];

    private Wcs ThroughAFile(Wcs wcs)
    {
        FitsBlocks.WriteHeader(Folder.File("wcs.fits"), WcsHeader.Keywords(wcs, Width, Height));
        return WcsHeader.TryRead(FitsHeader.ReadFile(Folder.File("wcs.fits")), Width, Height)!;
    }
}
