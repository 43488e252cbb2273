using System.IO.Compression;
using System.Text;
using AstroJobs.Imaging.Formats;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>Files made by hand from the FITS standard, read as it says.</summary>
public sealed class FitsFileTests : FolderFixture
{
    [TestCase(null, 41, -1)]
    [TestCase("BOTTOM-UP", 41, -1)]
    [TestCase("TOP-DOWN", 9, 1)]
    public void World_coordinates_are_those_of_the_picture_in_memory_and_come_back(string? rowOrder, double row, int sign)
    {
        string[] cards =
        [
            "CTYPE1  = 'RA---TAN'", "CTYPE2  = 'DEC--TAN'", "CRPIX1  = 21.5", "CRPIX2  = 10.0", "CRVAL1  = 83.8", "CRVAL2  = -5.4",
            "CD1_1   = -4.0E-4", "CD1_2   = 1.0E-5", "CD2_1   = 2.0E-5", "CD2_2   = 3.0E-4", .. rowOrder is null ? Array.Empty<string>() : [$"ROWORDER= '{rowOrder}'"],
        ];
        File.WriteAllBytes(Folder.File("a.fits"), FitsBuilder.Build(-32, [60, 51], new double[60 * 51], cards));
        using var picture = ImageFile.Read(Folder.File("a.fits"));
        var sky = new SkyPlane("TAN", 20.5, row, 83.8, -5.4, -4e-4, sign * 1e-5, 2e-5, sign * 3e-4);
        Assert.That(picture.Metadata.Sky, Is.EqualTo(sky));
        ImageFile.Write(Folder.File("b.fits"), picture, SampleFormat.Float32);
        using var reader = ImageFile.Open(Folder.File("b.fits"));
        Assert.That(reader.Info.Metadata.Sky, Is.EqualTo(sky));
    }

    [TestCase("CDELT1  = -0.001", "CDELT2  = 0.002", "CROTA2  = 0.0", -0.001, 0, 0, -0.002)]
    [TestCase("CDELT1  = -0.001", "CDELT2  = 0.002", "PC1_2   = 0.5", -0.001, 0.0005, 0, -0.002)]
    public void Older_forms_of_world_coordinates_are_read(string across, string up, string turn, double xx, double xy, double yx, double yy)
    {
        File.WriteAllBytes(Folder.File("a.fits"), FitsBuilder.Build(
            -32, [4, 4], new double[16], "CTYPE1  = 'RA---TAN'", "CTYPE2  = 'DEC--TAN'", "CRPIX1  = 1.0", "CRPIX2  = 1.0", "CRVAL1  = 10.0", "CRVAL2  = 20.0", across, up, turn));
        using var reader = ImageFile.Open(Folder.File("a.fits"));
        Assert.That(reader.Info.Metadata.Sky, Is.EqualTo(new SkyPlane("TAN", 0, 3, 10, 20, xx, xy, yx, yy)));
    }

    [Test]
    public void World_coordinates_of_another_projection_are_named_and_not_carried()
    {
        File.WriteAllBytes(Folder.File("a.fits"), FitsBuilder.Build(
            -32, [4, 4], new double[16], "CTYPE1  = 'RA---TPV'", "CTYPE2  = 'DEC--TPV'", "CRPIX1  = 1.0", "CRPIX2  = 1.0", "CRVAL1  = 10.0", "CRVAL2  = 20.0", "CD1_1   = 1.0", "CD2_2   = 1.0"));
        using var reader = ImageFile.Open(Folder.File("a.fits"));
        Assert.That((reader.Info.Metadata.Sky, reader.Info.Metadata.UnreadSky), Is.EqualTo(((SkyPlane?)null, "RA---TPV")));
    }

    [Test]
    public void The_first_row_stored_is_the_bottom_one()
    {
        using var frame = Read(FitsBuilder.Build(8, [2, 3], [0, 51, 102, 153, 204, 255]));
        Assert.That(frame.Plane(0).ToArray(), Is.EqualTo(new[] { 204 / 255f, 1f, 102 / 255f, 153 / 255f, 0f, 51 / 255f }));
    }

    [Test]
    public void ROWORDER_TOP_DOWN_is_honoured()
    {
        using var frame = Read(FitsBuilder.Build(8, [2, 2], [0, 51, 102, 153], "ROWORDER= 'TOP-DOWN'"));
        Assert.That(frame.Plane(0).ToArray(), Is.EqualTo(new[] { 0f, 51 / 255f, 102 / 255f, 153 / 255f }));
    }

    // Stored is what the pattern of the first row stored would be; in memory the top row comes first.
    [TestCase("", 2, BayerPattern.Gbrg)]
    [TestCase("", 3, BayerPattern.Rggb)]
    [TestCase("TOP-DOWN", 2, BayerPattern.Rggb)]
    [TestCase("BOTTOM-UP", 2, BayerPattern.Rggb)]
    [TestCase("BOTTOM-UP", 3, BayerPattern.Rggb)]
    public void A_mosaic_turns_with_its_rows(string rowOrder, int height, BayerPattern expected)
    {
        string[] cards = ["BAYERPAT= 'RGGB    '", .. rowOrder.Length == 0 ? Array.Empty<string>() : [$"ROWORDER= '{rowOrder}'"]];
        using var frame = Read(FitsBuilder.Build(8, [2, height], new double[2 * height], cards));
        Assert.That(frame.Metadata.Bayer, Is.EqualTo(expected));
    }

    [TestCase(1, 0, BayerPattern.Grbg)]
    [TestCase(0, 1, BayerPattern.Gbrg)]
    [TestCase(1, 1, BayerPattern.Bggr)]
    [TestCase(2, 2, BayerPattern.Rggb)]
    public void Offsets_shift_a_mosaic(int x, int y, BayerPattern expected)
    {
        using var frame = Read(FitsBuilder.Build(8, [2, 2], new double[4], "BAYERPAT= 'RGGB'", "ROWORDER= 'TOP-DOWN'", $"XBAYROFF= {x,20}", $"YBAYROFF= {y,20}"));
        Assert.That(frame.Metadata.Bayer, Is.EqualTo(expected));
    }

    [TestCase(16, "BZERO   =                32768", new double[] { -32768, 0, 32767 }, new[] { 0f, 32768 / 65535f, 1f })]
    [TestCase(16, "BZERO   =                    0", new double[] { -1, 0, 32767 }, new[] { -1 / 65535f, 0f, 32767 / 65535f })]
    [TestCase(32, "BZERO   =           2147483648", new double[] { -2147483648, 0, 2147483647 }, new[] { 0f, 0.5f, 1f })]
    [TestCase(-32, "COMMENT", new[] { 0, 0.25, 1.0 }, new[] { 0f, 0.25f, 1f })]
    [TestCase(-64, "COMMENT", new[] { 0, 0.25, 1.4 }, new[] { 0f, 0.25f, 1.4f })]
    [TestCase(-32, "COMMENT", new[] { 0, 13107, 65535.0 }, new[] { 0f, 0.2f, 1f })]
    [TestCase(-32, "DATAMAX =              65535.0", new[] { 0, 0.5, 65535.0 }, new[] { 0f, 0.5f / 65535, 1f })]
    [TestCase(-32, "FULLSCAL=                  1.0", new[] { 0, 2.5, 20.0 }, new[] { 0f, 2.5f, 20f })]
    [TestCase(16, "BSCALE  =              0.00001", new double[] { 0, 10000, 30000 }, new[] { 0f, 0.1f, 0.3f })]
    [TestCase(16, "BLANK   =               -32768", new double[] { -32768, 0, 32767 }, new[] { float.NaN, 0f, 32767 / 65535f })]
    public void Numbers_become_samples_by_the_range_of_their_type(int bitpix, string card, double[] stored, float[] expected)
    {
        using var frame = Read(FitsBuilder.Build(bitpix, [3, 1], stored, card));
        Assert.That(frame.Plane(0).ToArray(), Is.EqualTo(expected).Within(1e-7));
    }

    [Test]
    public void NaN_stays_NaN()
    {
        using var frame = Read(FitsBuilder.Build(-32, [3, 1], [double.NaN, 0.5, 1]));
        Assert.That(frame.Plane(0).ToArray(), Is.EqualTo(new[] { float.NaN, 0.5f, 1f }));
    }

    [Test]
    public void A_cube_of_three_planes_is_RGB()
    {
        using var frame = Read(FitsBuilder.Build(8, [1, 2, 3], [0, 1, 2, 3, 4, 5]));
        Assert.That(frame.Channels, Is.EqualTo(3));
        Assert.That(frame.Plane(2).ToArray(), Is.EqualTo(new[] { 5 / 255f, 4 / 255f }));
    }

    [Test]
    public void A_header_says_all_that_is_kept()
    {
        using var frame = Read(FitsBuilder.Build(
            8, [1, 1], [0], "EXPOSURE=               1.5D+1", "DATE-OBS= '2024-02-29T23:59:58.7501234' / UTC", "GAIN    =                  100", "ISOSPEED=                  800",
            "FOCALLEN=                400.0", "FOCRATIO=                  5.6", "PIXSIZE1=                  2.5", "XBINNING=                    2", "CCD-TEMP=                -10.5",
            "INSTRUME= 'It''s a camera'     / the camera", "OBJECT  = 'M 31 / core'", "IMAGETYP= 'Master Flat'", "OBJCTRA = '00 42 44.30'", "OBJCTDEC= '-00 30 00'",
            "STACKCNT=                   12", "PROGRAM = 'Siril v1.2'", "HISTORY first step", "HISTORY second step"));
        var metadata = frame.Metadata;
        Assert.That((metadata.Exposure, metadata.DateObs?.Ticks % 10_000_000), Is.EqualTo(((TimeSpan?)TimeSpan.FromSeconds(15), (long?)7501234)));
        Assert.That((metadata.Gain, metadata.Iso, metadata.FocalLengthMm, metadata.FNumber), Is.EqualTo((100.0, 800, 400.0, 5.6)));
        Assert.That((metadata.PixelSizeUm, metadata.SensorTemperatureC), Is.EqualTo((5.0, -10.5)));
        Assert.That((metadata.Camera, metadata.Object, metadata.FrameType), Is.EqualTo(("It's a camera", "M 31 / core", "flat")));
        Assert.That(metadata.RaDeg, Is.EqualTo(15 * (42 + (44.3 / 60)) / 60).Within(1e-12));
        Assert.That(metadata.DecDeg, Is.EqualTo(-0.5), "the sign of -00 counts");
        Assert.That((metadata.StackCount, metadata.Software), Is.EqualTo((12, "Siril v1.2")));
        Assert.That(metadata.History, Is.EqualTo(new[] { " first step", " second step" }.Select(line => line.Trim())));
    }

    [Test]
    public void A_gzipped_file_is_read()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(FitsBuilder.Build(8, [2, 1], [51, 255]));
        using var frame = Read(packed.ToArray());
        Assert.That(frame.Plane(0).ToArray(), Is.EqualTo(new[] { 0.2f, 1f }));
    }

    [Test]
    public void A_file_without_a_picture_says_so()
    {
        File.WriteAllBytes(Folder.File("a.fits"), FitsBuilder.Build(8, [], []));
        Assert.That(() => ImageFile.Open(Folder.File("a.fits")).Dispose(), Throws.InstanceOf<ImageException>().With.Message.Contains("no picture"));
    }

    [Test]
    public void A_written_file_follows_the_standard_byte_for_byte()
    {
        using var frame = new Frame(2, 2, 1, new FrameMetadata { Exposure = TimeSpan.FromSeconds(30), Object = "Barnard's star", Bayer = BayerPattern.Rggb });
        new[] { 0f, 1f, 0.5f, 2f }.CopyTo(frame.Plane(0));
        var bytes = File.ReadAllBytes(MadePictures.Write(Folder, "a.fits", frame, SampleFormat.UInt16));
        var text = Encoding.ASCII.GetString(bytes, 0, 2880);
        Assert.That(bytes, Has.Length.EqualTo(2 * 2880));
        Assert.That(text, Does.StartWith("SIMPLE  =                    T"));
        Assert.That(text, Does.Contain("BZERO   =                32768").And.Contain("ROWORDER= 'BOTTOM-UP'").And.Contain("EXPTIME =                  30."));
        Assert.That(text, Does.Contain("OBJECT  = 'Barnard''s star'").And.Contain("BAYERPAT= 'RGGB    '"));
        // Bottom row first, stored = sample · 65535 − 32768 in big-endian two's complement: 0.5 → 32768 → 0, 2 is clamped to 65535 → 32767.
        Assert.That(bytes[2880..2888], Is.EqualTo(new byte[] { 0, 0, 0x7F, 0xFF, 0x80, 0, 0x7F, 0xFF }));
    }

    private Frame Read(byte[] fits)
    {
        var path = Folder.File("a.fits");
        File.WriteAllBytes(path, fits);
        return ImageFile.Read(path);
    }
}
