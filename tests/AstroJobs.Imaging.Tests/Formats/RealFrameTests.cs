using AstroJobs.Imaging.Formats;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>Frames of real cameras; what is expected was read from their headers and pixels by astropy and exiftool.</summary>
public sealed class RealFrameTests
{
    [SetUp]
    public void Real_frames_are_here()
    {
        if (TestData.Folder is null)
            Assert.Ignore("The real frames are not on this machine.");
    }

    [Test]
    public void An_INDI_frame_is_read_with_its_header()
    {
        using var reader = ImageFile.Open(TestData.Path("m27-osc-fits", "Light_1069.fits"));
        var metadata = reader.Info.Metadata;
        Assert.That((reader.Info.Width, reader.Info.Height, reader.Info.Channels, reader.Info.Format), Is.EqualTo((1304, 976, 1, SampleFormat.UInt16)));
        Assert.That(metadata.Exposure, Is.EqualTo(TimeSpan.FromSeconds(6)));
        Assert.That(metadata.DateObs, Is.EqualTo(new DateTimeOffset(2018, 9, 7, 22, 31, 45, 431, TimeSpan.Zero)));
        Assert.That((metadata.Gain, metadata.FocalLengthMm, metadata.PixelSizeUm), Is.EqualTo((180.0, 510.0, 3.75)));
        Assert.That((metadata.Camera, metadata.Telescope, metadata.Filter, metadata.FrameType), Is.EqualTo(("ZWO CCD ASI224MC", "EQMod Mount", "Luminance", "light")));
        Assert.That(metadata.Object, Is.Null, "INDI's \"Unknown\" is no object");
        Assert.That(metadata.RaDeg, Is.EqualTo(15 * (19 + (59 / 60.0) + (41.99 / 3600))).Within(1e-9));
        Assert.That(metadata.DecDeg, Is.EqualTo(22 + (43 / 60.0) + (19.37 / 3600)).Within(1e-9));
    }

    /// <summary>Astropy's medians of the four mosaic positions, first stored row first: 232 240 / 240 96. The dark one is blue, the equal ones green: RGGB from the first row stored.</summary>
    [Test]
    public void The_pattern_of_a_mosaic_lies_where_its_pixels_say()
    {
        using var frame = ImageFile.Read(TestData.Path("m27-osc-fits", "Light_1069.fits"));
        Assert.That(frame.Metadata.Bayer, Is.EqualTo(BayerPattern.Gbrg));
        Assert.That(MedianAdu(frame, 0, 0), Is.EqualTo(240), "green");
        Assert.That(MedianAdu(frame, 1, 0), Is.EqualTo(96), "blue");
        Assert.That(MedianAdu(frame, 0, 1), Is.EqualTo(232), "red");
        Assert.That(MedianAdu(frame, 1, 1), Is.EqualTo(240), "green");
    }

    [Test]
    public void A_SBIG_dark_is_read_with_its_header()
    {
        using var reader = ImageFile.Open(TestData.Path("masters-fits", "darks-expos1-Neg5-Vis.00000000.DARK.FIT"));
        var metadata = reader.Info.Metadata;
        Assert.That((reader.Info.Width, reader.Info.Height), Is.EqualTo((1024, 1024)));
        Assert.That((metadata.FrameType, metadata.PixelSizeUm, metadata.FocalLengthMm), Is.EqualTo(("dark", 24.0, (double?)null)));
        Assert.That(metadata.SensorTemperatureC, Is.EqualTo(-5.232156845990));
        Assert.That(metadata.Software, Is.EqualTo("CCDSoft Version 5.00.218"));
    }

    [Test]
    public void A_frame_converted_from_CR2_is_read()
    {
        using var frame = ImageFile.Read(TestData.Path("solve", "panoptes-unsolved.fits"));
        Assert.That((frame.Width, frame.Height, frame.Metadata.Iso), Is.EqualTo((700, 700, 100)));
        Assert.That(frame.Metadata.Exposure, Is.EqualTo(TimeSpan.FromSeconds(120.4)));
    }

    [Test]
    public void A_JPEG_of_a_live_stacker_is_read()
    {
        using var frame = ImageFile.Read(TestData.Path("m44-jpeg", "frame_00000000.jpeg"));
        Assert.That((frame.Width, frame.Height, frame.Channels), Is.EqualTo((1304, 976, 3)));
    }

    [Test]
    public void A_Canon_JPEG_tells_how_it_was_taken()
    {
        using var reader = ImageFile.Open(TestData.Path("startrails-jpeg", "4J7A6511.jpg"));
        var metadata = reader.Info.Metadata;
        Assert.That((reader.Info.Width, reader.Info.Height, reader.Info.Channels), Is.EqualTo((2000, 1333, 3)));
        Assert.That(metadata.Exposure, Is.EqualTo(TimeSpan.FromSeconds(60)));
        Assert.That(metadata.DateObs, Is.EqualTo(new DateTimeOffset(2021, 9, 29, 19, 10, 19, 500, TimeSpan.FromHours(5.5))));
        Assert.That((metadata.Iso, metadata.FocalLengthMm, metadata.FNumber), Is.EqualTo((800, 24.0, 5.6)));
        Assert.That((metadata.Camera, metadata.Telescope), Is.EqualTo(("Canon EOS 5D Mark IV", "EF24-70mm f/2.8L II USM")));
        Assert.That(metadata.PixelSizeUm, Is.EqualTo(10000 / 1866.666656).Within(1e-6));
    }

    [TestCase("canon-550d-cfa.dng", 1734, 1156)]
    [TestCase("kodak-dc50.kdc", 768, 512)]
    [TestCase("canon-d30.crw", 2176, 1448)]
    public void A_camera_RAW_is_its_sensor_and_not_its_preview(string file, int width, int height)
    {
        using var reader = ImageFile.Open(TestData.Path("raw", file));
        Assert.That((reader.Info.Width, reader.Info.Height, reader.Info.Channels), Is.EqualTo((width, height, 1)));
    }

    [Test]
    public void A_CRW_tells_how_it_was_taken()
    {
        using var reader = ImageFile.Open(TestData.Path("raw", "canon-d30.crw"));
        var metadata = reader.Info.Metadata;
        Assert.That((metadata.Iso, metadata.FocalLengthMm, metadata.Camera), Is.EqualTo((100, 31.0, "Canon EOS D30")));
        Assert.That(metadata.Exposure!.Value.TotalSeconds, Is.EqualTo(5).Within(1).Percent, "the camera stores a power of two");
        Assert.That(metadata.FNumber, Is.EqualTo(5.6).Within(1).Percent);
    }

    [Test]
    public void Two_threads_read_different_files_and_the_same_file()
    {
        var paths = Directory.GetFiles(TestData.Path("m27-osc-fits")).Order().Take(2).ToArray();
        using var first = ImageFile.Read(paths[0]);
        using var second = ImageFile.Read(paths[1]);
        Frame[] expected = [first, second, first];
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 3 }, i =>
        {
            using var frame = ImageFile.Read(paths[i % 3 % 2]);
            Assert.That(frame.Plane(0).SequenceEqual(expected[i % 3].Plane(0)), Is.True);
        });
    }

    [Test]
    public void Threads_decode_JPEGs_side_by_side()
    {
        var paths = Directory.GetFiles(TestData.Path("m44-jpeg"), "*.jpeg").Order().Take(2).ToArray();
        using var first = ImageFile.Read(paths[0]);
        using var second = ImageFile.Read(paths[1]);
        Parallel.For(0, 4, i =>
        {
            using var frame = ImageFile.Read(paths[i % 2]);
            Assert.That(frame.Plane(2).SequenceEqual((i % 2 == 0 ? first : second).Plane(2)), Is.True);
        });
    }

    private static double MedianAdu(Frame frame, int left, int top)
    {
        List<float> samples = [];
        for (var y = top; y < frame.Height; y += 2)
        {
            var row = frame.Row(0, y);
            for (var x = left; x < frame.Width; x += 2)
                samples.Add(row[x]);
        }
        samples.Sort();
        return Math.Round(samples[samples.Count / 2] * 65535.0);
    }
}
