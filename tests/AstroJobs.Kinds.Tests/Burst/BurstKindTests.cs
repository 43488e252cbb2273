using System.Text.Json;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Burst;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Burst;

public sealed class BurstKindTests : FolderFixture
{
    private static readonly object[] WrongParameters =
    [
        new object[] { new BurstParameters { Count = 0 }, "1 to 100000" },
        new object[] { new BurstParameters { Interval = TimeSpan.FromSeconds(-1) }, "0 to 86400 s" },
        new object[] { new BurstParameters { Exposure = TimeSpan.FromHours(2) }, "0 to 3600 s" },
        new object[] { new BurstParameters { Iso = 50 }, "100 to 25600" },
        new object[] { new BurstParameters { Format = "cr2" }, "fits, fit, fts, tif" },
        new object[] { new BurstParameters { Prefix = "../frame" }, "letters, digits" },
        new object[] { new BurstParameters { Prefix = "" }, "letters, digits" },
        new object[] { new BurstParameters { Prefix = ".hidden" }, "no dot first" },
        new object[] { new BurstParameters { Sim = new() { FovDeg = 0 } }, "0.05 to 90 degrees" },
        new object[] { new BurstParameters { Sim = new() { DecDeg = -91 } }, "-90 to 90 degrees" },
        new object[] { new BurstParameters { Sim = new() { RaDeg = 361 } }, "0 to 360 degrees" },
        new object[] { new BurstParameters { Sim = new() { Width = 0 } }, "16 to 20000 pixels" },
        new object[] { new BurstParameters { Sim = new() { FwhmPixels = double.NaN } }, "1.2 to 20 pixels" },
        new object[] { new BurstParameters { Sim = new() { Clouds = 1.5 } }, "0 to 1" },
    ];

    [TestCaseSource(nameof(WrongParameters))]
    public void A_value_out_of_range_is_refused_with_the_range_it_has(BurstParameters parameters, string range)
    {
        Assert.That(
            () => new BurstKind().Prepare(parameters, new CallerContext(Folder.Path)),
            Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.BadInput).And.Message.Contains(range));
    }

    [Test]
    public void An_unknown_camera_is_refused()
    {
        Assert.That(
            () => new BurstKind().Prepare(new BurstParameters { Camera = "nikon" }, new CallerContext(Folder.Path)),
            Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.CameraNotFound).And.Property(nameof(JobException.Hint)).Contains("sim"));
    }

    [Test]
    public void A_format_may_be_written_with_its_dot_and_in_capitals()
    {
        Assert.That(new BurstKind().Prepare(new BurstParameters { Format = ".FITS" }, new CallerContext(Folder.Path)).Format, Is.EqualTo("fits"));
    }

    [Test]
    public void It_holds_its_camera_and_no_core() => Assert.That(new BurstKind().SlotsFor(new BurstParameters()), Is.EqualTo(new[] { "camera:sim" }));

    [Test]
    public void It_is_in_the_list_of_kinds() => Assert.That(JobKinds.CreateAll(), Has.Some.InstanceOf<BurstKind>());

    [Test]
    public void Its_parameters_are_written_in_snake_case_with_seconds_and_words()
    {
        var parameters = new BurstParameters
        {
            Exposure = TimeSpan.FromSeconds(2.5),
            Type = FrameType.Dark,
            Sim = new() { Layout = SensorLayout.Bayer, RaDeg = 10 },
        };

        var json = JsonSerializer.SerializeToElement(parameters, BurstJson.Default.BurstParameters);

        Assert.That(json.GetProperty("exposure").GetDouble(), Is.EqualTo(2.5));
        Assert.That(json.GetProperty("type").GetString(), Is.EqualTo("dark"));
        Assert.That(json.GetProperty("sim").GetProperty("layout").GetString(), Is.EqualTo("bayer"));
        Assert.That(json.GetProperty("sim").GetProperty("ra_deg").GetDouble(), Is.EqualTo(10));
        Assert.That(json.Deserialize(BurstJson.Default.BurstParameters)! with { Set = parameters.Set, Then = parameters.Then }, Is.EqualTo(parameters));
    }
}
