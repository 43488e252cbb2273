using AstroJobs.Imaging.Formats;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>What is written in a depth is read back in it, sample for sample, whatever the size and however the rows come.</summary>
public sealed class RoundTripTests : FolderFixture
{
    private static readonly (string Ending, SampleFormat Format)[] Exact =
    [
        (".fits", SampleFormat.UInt8), (".fits", SampleFormat.UInt16), (".fits", SampleFormat.UInt32), (".fits", SampleFormat.Float32), (".fits", SampleFormat.Float64),
        (".tif", SampleFormat.UInt8), (".tif", SampleFormat.UInt16), (".tif", SampleFormat.UInt32), (".tif", SampleFormat.Float32),
        (".png", SampleFormat.UInt8), (".png", SampleFormat.UInt16),
    ];

    private static readonly (int Width, int Height)[] Sizes = [(1, 1), (1, 7), (7, 1), (2, 2), (31, 17), (33, 5), (64, 48), (129, 65)];

    private static IEnumerable<TestCaseData> Cases() =>
        from kind in Exact
        from channels in new[] { 1, 3 }
        select new TestCaseData(kind.Ending, kind.Format, channels);

    [TestCaseSource(nameof(Cases))]
    public void Every_sample_survives(string ending, SampleFormat format, int channels)
    {
        foreach (var (width, height) in Sizes)
        {
            using var expected = MadePictures.Random(width, height, channels, format, seed: (width * 1000) + height);
            var path = MadePictures.Write(Folder, $"{width}x{height}{ending}", expected, format);
            using var reader = ImageFile.Open(path);
            using var actual = reader.ReadFrame();
            Assert.That(reader.Info.Format, Is.EqualTo(format));
            MadePictures.AssertSame(actual, expected);
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Rows_written_in_strips_and_read_in_any_range_are_the_same(string ending, SampleFormat format, int channels)
    {
        using var expected = MadePictures.Random(37, 29, channels, format, seed: 5);
        var path = Folder.File("strips" + ending);
        using (var writer = ImageFile.Create(path, new FrameInfo(37, 29, channels, format, FrameMetadata.None)))
        {
            for (var y = 0; y < 29; y += 4)
            {
                for (var channel = 0; channel < channels; channel++)
                    writer.WriteRows(channel, y, expected.Rows(channel, y, Math.Min(4, 29 - y)));
            }
            writer.Commit();
        }
        using var reader = ImageFile.Open(path);
        var rows = new float[37 * 5];
        foreach (var (channel, y) in new[] { (channels - 1, 24), (0, 0), (0, 13), (channels - 1, 3) })
        {
            reader.ReadRows(channel, y, rows);
            Assert.That(rows, Is.EqualTo(expected.Rows(channel, y, 5).ToArray()), $"row {y} of channel {channel}");
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Raw_rows_become_the_same_floats(string ending, SampleFormat format, int channels)
    {
        using var expected = MadePictures.Random(41, 6, channels, format, seed: 6);
        using var reader = ImageFile.Open(MadePictures.Write(Folder, "raw" + ending, expected, format));
        Assert.That(reader.RawFormat, Is.EqualTo(format is SampleFormat.UInt8 or SampleFormat.UInt16 ? format : SampleFormat.Float32));
        var raw = new byte[41 * 4 * reader.RawFormat.BytesPerSample()];
        var rows = new float[41 * 4];
        for (var channel = 0; channel < channels; channel++)
        {
            reader.ReadRawRows(channel, 1, raw);
            Samples.ToFloat(reader.RawFormat, raw, rows);
            Assert.That(rows, Is.EqualTo(expected.Rows(channel, 1, 4).ToArray()));
        }
    }

    [TestCase(".fits", true)]
    [TestCase(".tif", true)]
    [TestCase(".png", false)]
    [TestCase(".jpg", false)]
    public void Formats_say_whether_rows_come_straight_from_the_file(string ending, bool direct)
    {
        using var frame = MadePictures.Random(8, 8, 3, SampleFormat.UInt8, seed: 1);
        using var reader = ImageFile.Open(MadePictures.Write(Folder, "a" + ending, frame, SampleFormat.UInt8));
        Assert.That(reader.ReadsRowsDirectly, Is.EqualTo(direct));
    }

    [TestCase(".fits")]
    [TestCase(".tif")]
    [TestCase(".png")]
    [TestCase(".jpg")]
    public void What_the_camera_said_survives(string ending)
    {
        using var frame = MadePictures.Random(8, 8, 1, SampleFormat.UInt8, seed: 1, MadePictures.Metadata);
        using var reader = ImageFile.Open(MadePictures.Write(Folder, "m" + ending, frame, SampleFormat.UInt8));
        // EXIF names maker, model and lens apart; FITS has one name for camera and optics each.
        Assert.That(
            reader.Info.Metadata with { History = [], CameraMaker = null, CameraModel = null, Lens = null },
            Is.EqualTo(MadePictures.Metadata with { History = [] }));
    }
}
