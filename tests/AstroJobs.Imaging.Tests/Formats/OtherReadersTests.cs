using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>What we write, read by programs that are not ours.</summary>
public sealed class OtherReadersTests : FolderFixture
{
    /// <summary>NASA's own checker (Debian package fitsverify).</summary>
    [Test]
    public void Fitsverify_finds_nothing_wrong([Values] SampleFormat format, [Values(1, 3)] int channels)
    {
        var metadata = MadePictures.Metadata with
        {
            Gain = 120.5,
            SensorTemperatureC = -10,
            Bayer = channels == 1 ? BayerPattern.Grbg : null,
            Filter = "Hα 7nm",
            Object = "Barnard's star, with a name that is far too long to stand in one header record of eighty characters",
            FrameType = "light",
            RaDeg = 269.452,
            DecDeg = -4.693,
            StackCount = 12,
            History = ["Stacked 12 frames", new string('x', 200)],
        };
        using var frame = MadePictures.Random(33, 21, channels, format, seed: 1, metadata);
        var (exitCode, output) = OutsideProgram.Run("fitsverify", "-l", MadePictures.Write(Folder, "a.fits", frame, format));
        Assert.That(output, Does.Contain("0 warning(s) and 0 error(s)"));
        Assert.That(exitCode, Is.Zero);
    }

    /// <summary>Debian package libimage-exiftool-perl.</summary>
    [TestCase(".jpg")]
    [TestCase(".png")]
    [TestCase(".tif")]
    public void Exiftool_reads_our_EXIF_without_a_warning(string ending)
    {
        using var frame = MadePictures.Random(16, 16, 3, SampleFormat.UInt8, seed: 1, MadePictures.Metadata);
        var path = MadePictures.Write(Folder, "a" + ending, frame, SampleFormat.UInt8);
        string[] tags = ["ExposureTime", "FNumber", "ISO", "DateTimeOriginal", "SubSecTimeOriginal", "OffsetTimeOriginal", "FocalLength", "Model", "LensModel", "Software"];
        var (_, output) = OutsideProgram.Run("exiftool", ["-s3", "-n", "-warning", "-error", .. tags.Select(tag => "-" + tag), path]);
        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[]
        {
            "2.5", "2.8", "1600", "2024:02:29 23:59:58", "750", "+00:00", "135", "Simulated Camera", "Made Lens 135", "AstroJobs 0.1",
        }));
    }
}
