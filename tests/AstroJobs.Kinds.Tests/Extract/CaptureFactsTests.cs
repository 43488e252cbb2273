using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;
using AstroJobs.Kinds.Extract;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Extract;

/// <summary>What we read of how a picture was taken, judged by exiftool (Debian package libimage-exiftool-perl) on the same file.</summary>
public sealed class CaptureFactsTests : FolderFixture
{
    private static readonly string[] Tags =
    [
        "-ExposureTime=62.5", "-ISO=1600", "-FNumber=2.8", "-FocalLength=135", "-FocalLengthIn35mmFormat=216", "-Make=Canon", "-Model=Canon EOS 6D", "-LensModel=EF135mm f/2L USM",
        "-DateTimeOriginal=2024:02:29 23:59:58", "-SubSecTimeOriginal=25", "-OffsetTimeOriginal=+02:00",
        "-GPSLatitude=33.8568", "-GPSLatitudeRef=S", "-GPSLongitude=151.2153", "-GPSLongitudeRef=E", "-GPSAltitude=41.5", "-GPSAltitudeRef#=0",
    ];

    [TestCase(".jpg")]
    [TestCase(".png")]
    [TestCase(".tif")]
    public void EXIF_says_what_exiftool_says(string ending)
    {
        var path = Picture(ending, FrameMetadata.None);
        Exiftool(["-q", "-overwrite_original", .. Tags, path]);

        var facts = Read(path);
        var judge = Judge(path);
        Assert.Multiple(() =>
        {
            AreAlike(facts, judge);
            Assert.That(facts.FocalLength35Mm, Is.EqualTo(judge("FocalLengthIn35mmFormat").GetDouble()));
            Assert.That(facts.Gps!.Lat, Is.EqualTo(judge("GPSLatitude").GetDouble()).Within(1e-6));
            Assert.That(facts.Gps.Lon, Is.EqualTo(judge("GPSLongitude").GetDouble()).Within(1e-6));
            Assert.That(facts.Gps.Alt, Is.EqualTo(judge("GPSAltitude").GetDouble()));
            Assert.That((facts.ImageWidth, facts.ImageHeight), Is.EqualTo((judge("ImageWidth").GetInt32(), judge("ImageHeight").GetInt32())));
            Assert.That(facts.Taken, Is.EqualTo(new DateTimeOffset(2024, 2, 29, 23, 59, 58, 250, TimeSpan.FromHours(2))));
        });
    }

    [Test]
    public void Below_the_sea_and_west_of_Greenwich_are_negative()
    {
        var path = Picture(".jpg", FrameMetadata.None);
        Exiftool("-q", "-overwrite_original", "-GPSLatitude=31.5", "-GPSLatitudeRef=N", "-GPSLongitude=35.5", "-GPSLongitudeRef=W", "-GPSAltitude=430", "-GPSAltitudeRef#=1", path);

        Assert.That(Read(path).Gps, Is.EqualTo(new CaptureFacts.Place(31.5, -35.5, -430)));
    }

    [TestCase("-CreateDate=2023:05:06 07:08:09", TestName = "Without_the_time_of_the_shot_that_of_the_file_counts")]
    [TestCase("-ModifyDate=2023:05:06 07:08:09", TestName = "Without_both_that_of_the_last_change_counts")]
    public void The_next_best_date_is_taken(string tag)
    {
        var path = Picture(".jpg", FrameMetadata.None);
        Exiftool("-q", "-overwrite_original", tag, path);

        Assert.That(Read(path).Taken, Is.EqualTo(new DateTimeOffset(2023, 5, 6, 7, 8, 9, TimeSpan.Zero)));
    }

    [Test]
    public void A_FITS_header_is_read()
    {
        var path = Picture(".fits", new FrameMetadata
        {
            Exposure = TimeSpan.FromSeconds(120.5),
            DateObs = new DateTimeOffset(2024, 2, 29, 23, 59, 58, 750, TimeSpan.Zero),
            Gain = 139,
            Filter = "Ha",
            Telescope = "Esprit 100",
            Camera = "ZWO ASI2600MM",
            FocalLengthMm = 550,
            PixelSizeUm = 3.76,
            Object = "NGC 7000",
            SensorTemperatureC = -10.5,
            FrameType = "light",
            Keywords =
            [
                new("XBINNING", 2), new("YBINNING", 2), new("SITELAT", "+47 30 00"), new("SITELONG", "-122 15 36"), new("SITEELEV", 120.0),
            ],
        });

        var facts = Read(path);
        var judge = Judge(path);
        Assert.Multiple(() =>
        {
            Assert.That(facts.Exposure, Is.EqualTo(Number(judge("Exptime"))));
            Assert.That(facts.Filter, Is.EqualTo(judge("Filter").GetString()));
            Assert.That(facts.Telescope, Is.EqualTo(judge("Telescope").GetString()));
            Assert.That(facts.CameraModel, Is.EqualTo(judge("Instrument").GetString()));
            Assert.That(facts.FocalLengthMm, Is.EqualTo(Number(judge("Focallen"))));
            Assert.That(facts.PixelSizeUm, Is.EqualTo(Number(judge("Xpixsz"))));
            Assert.That(facts.Gain, Is.EqualTo(Number(judge("Gain"))));
            Assert.That(facts.Object, Is.EqualTo(judge("Object").GetString()));
            Assert.That(facts.TemperatureC, Is.EqualTo(Number(judge("Ccd-temp"))));
            Assert.That(facts.Binning, Is.EqualTo(new[] { 2, 2 }));
            Assert.That(facts.Gps, Is.EqualTo(new CaptureFacts.Place(47.5, -122.26, 120)));
            Assert.That(facts.Taken, Is.EqualTo(new DateTimeOffset(2024, 2, 29, 23, 59, 58, 750, TimeSpan.Zero)));
        });
    }

    [Test]
    public void What_was_not_said_is_left_out_of_the_JSON()
    {
        var result = new ExtractResult
        {
            Ok = false,
            Filename = "a.png",
            ImagePath = "/a.png",
            Capture = Read(Picture(".png", FrameMetadata.None)),
            Files = new ExtractFiles(),
            Timings = new ExtractTimings(0, 0, 0, 0),
        };
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(result, ExtractJson.Default.ExtractResult));
        Assert.That(json.RootElement.GetProperty("capture").EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "image_width", "image_height" }));
    }

    [Test]
    public void A_frame_of_a_real_camera_says_what_exiftool_says()
    {
        if (TestData.Folder is null)
            Assert.Ignore("The real frames are not on this machine.");
        var path = TestData.Path("startrails-jpeg", "4J7A6511.jpg");
        var facts = Read(path);
        var judge = Judge(path);
        Assert.Multiple(() =>
        {
            AreAlike(facts, judge);
            Assert.That(facts.Taken, Is.EqualTo(new DateTimeOffset(2021, 9, 29, 19, 10, 19, 500, TimeSpan.FromHours(5.5))));
        });
    }

    [Test]
    public void Where_LibRaw_knows_more_than_EXIF_it_is_asked()
    {
        if (TestData.Folder is null)
            Assert.Ignore("The real frames are not on this machine.");
        var path = TestData.Path("raw", "canon-d30.crw");
        var facts = Read(path);
        var judge = Judge(path);
        Assert.That(facts.CameraMake, Is.EqualTo(judge("Make").GetString()));
        Assert.That(judge("Model").GetString(), Does.EndWith(facts.CameraModel!));
        Assert.That(facts.Exposure, Is.EqualTo(judge("ExposureTime").GetDouble()).Within(2).Percent); // exiftool has what the camera timed, LibRaw what it was set to
        Assert.That(facts.FocalLengthMm, Is.EqualTo(judge("FocalLength").GetDouble()));
        Assert.That(facts.Iso, Is.EqualTo(judge("ISO").GetInt32()));
    }

    [Test]
    public void Where_an_observatory_stands_is_read_as_POCS_writes_it()
    {
        if (TestData.Folder is null)
            Assert.Ignore("The real frames are not on this machine.");
        Assert.That(Read(TestData.Path("solve", "panoptes-unsolved.fits")).Gps, Is.EqualTo(new CaptureFacts.Place(19.54, -155.58, 3400)));
    }

    private static void AreAlike(CaptureFacts facts, Func<string, JsonElement> judge)
    {
        Assert.That(facts.Exposure, Is.EqualTo(judge("ExposureTime").GetDouble()));
        Assert.That(facts.Iso, Is.EqualTo(judge("ISO").GetInt32()));
        Assert.That(facts.FNumber, Is.EqualTo(judge("FNumber").GetDouble()));
        Assert.That(facts.FocalLengthMm, Is.EqualTo(judge("FocalLength").GetDouble()));
        Assert.That(facts.CameraMake, Is.EqualTo(judge("Make").GetString()));
        Assert.That(facts.CameraModel, Is.EqualTo(judge("Model").GetString()));
        Assert.That(facts.Lens, Is.EqualTo(judge("LensModel").GetString()));
    }

    private static CaptureFacts Read(string path)
    {
        using var reader = ImageFile.Open(path);
        return CaptureFacts.Of(reader.Info);
    }

    private string Picture(string ending, FrameMetadata metadata)
    {
        using var frame = new Frame(40, 30, 1, metadata);
        var path = Folder.File("a picture's" + ending);
        ImageFile.Write(path, frame, SampleFormat.UInt8);
        return path;
    }

    private static Func<string, JsonElement> Judge(string path)
    {
        var said = JsonDocument.Parse(Exiftool("-j", "-n", path)).RootElement[0];
        return tag => said.GetProperty(tag);
    }

    /// <summary>exiftool gives "550." as a text.</summary>
    private static double Number(JsonElement value) => double.Parse(value.ToString(), CultureInfo.InvariantCulture);

    private static string Exiftool(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("exiftool", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        if (!output.Wait(TimeSpan.FromSeconds(60)) || !process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill();
            Assert.Fail("exiftool does not end.");
        }
        Assert.That(process.ExitCode, Is.Zero, output.Result);
        return output.Result;
    }
}
