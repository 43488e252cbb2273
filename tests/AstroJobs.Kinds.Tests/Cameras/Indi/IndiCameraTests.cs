using System.Globalization;
using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Indi;
using AstroJobs.Kinds.Tests.Sky;
using AstroJobs.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AstroJobs.Kinds.Tests.Cameras.Indi;

/// <summary>The real INDI server with its simulated camera and mount.</summary>
public sealed class IndiCameraTests : FolderFixture
{
    private readonly HeardLog _log = new();
    private IndiServer _server = null!;

    [SetUp]
    public void StartServer() => _server = new IndiServer();

    [TearDown]
    public void StopServer() => _server.Dispose();

    [Test, CancelAfter(120_000)]
    public async Task A_frame_comes_as_fits_with_what_it_was_asked_for(CancellationToken cancellation)
    {
        await using var camera = Open();
        await camera.ConfigureAsync(new Dictionary<string, string> { [CameraKeys.Gain] = "70", [CameraKeys.Binning] = "2", [CameraKeys.Temperature] = "-1" }, cancellation);
        var taken = await camera.ExposeAsync(Request(0, 0.5, FrameType.Dark), cancellation);
        Assert.That(Path.GetFileName(taken[0].Path), Is.EqualTo("frame-1.fits"));
        using var picture = ImageFile.Open(taken[0].Path);
        var told = picture.Info.Metadata;
        Assert.That((picture.Info.Width, picture.Info.Height), Is.EqualTo((640, 512)));
        Assert.That((told.Exposure, told.Camera, told.FrameType, told.Gain), Is.EqualTo((TimeSpan.FromSeconds(0.5), "CCD Simulator", "dark", 70.0)));
        Assert.That(told.DateObs, Is.EqualTo(taken[0].TakenAt).Within(TimeSpan.FromSeconds(30)));
        Assert.That(told.SensorTemperatureC, Is.EqualTo(-1).Within(1));
        Assert.That((await camera.ExposeAsync(Request(1, 0.1), cancellation)).Select(file => Path.GetFileName(file.Path)), Is.EqualTo(new[] { "frame-2.fits" }));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_compressed_frame_is_unpacked(CancellationToken cancellation)
    {
        await using var camera = Open();
        await camera.ConfigureAsync(new Dictionary<string, string> { ["CCD_COMPRESSION.INDI_ENABLED"] = "On" }, cancellation);
        var taken = await camera.ExposeAsync(Request(0, 0.1), cancellation);
        using var picture = ImageFile.Open(taken[0].Path);
        Assert.That((picture.Info.Width, picture.Info.Height), Is.EqualTo((1280, 1024)));
    }

    [Test, CancelAfter(180_000)]
    public async Task Where_a_mount_answers_a_frame_has_its_pointing_of_J2000(CancellationToken cancellation)
    {
        await using var client = await IndiClient.ConnectAsync("127.0.0.1", _server.Port, Folder.File("none.blob"), NullLogger.Instance, TimeProvider.System, cancellation);
        await PointMountAsync(client, decDeg: 20, cancellation);
        await using var camera = Open();
        await camera.ConfigureAsync(new Dictionary<string, string> { ["ACTIVE_DEVICES.ACTIVE_TELESCOPE"] = "none" }, cancellation); // else the driver writes such cards itself
        var before = Pointing(client);

        var taken = await camera.ExposeAsync(Request(0, 0.1), cancellation);

        using var picture = ImageFile.Open(taken[0].Path);
        var told = picture.Info.Metadata;
        var year = (2000 + ((taken[0].TakenAt - new DateTimeOffset(2000, 1, 1, 12, 0, 0, TimeSpan.Zero)).TotalDays / 365.25)).ToString(CultureInfo.InvariantCulture);
        var expected = Astropy.Run(
            """
            from astropy.coordinates import SkyCoord, FK5
            place = SkyCoord(float(sys.argv[1]) * 15, float(sys.argv[2]), unit='deg', frame=FK5(equinox='J' + sys.argv[3])).transform_to(FK5(equinox='J2000'))
            print(place.ra.deg)
            print(place.dec.deg)
            """,
            before.RaHours.ToString(CultureInfo.InvariantCulture), before.DecDeg.ToString(CultureInfo.InvariantCulture), year).Select(static line => double.Parse(line, CultureInfo.InvariantCulture)).ToList();
        // The mount may have moved between two looks, as far as it has now; 26 years of precession are twenty times the rest.
        var moved = Math.Abs(Pointing(client).RaHours - before.RaHours) * 15;
        Assert.That(told.RaDeg, Is.EqualTo(expected[0]).Within(0.02 + moved));
        Assert.That(told.DecDeg, Is.EqualTo(expected[1]).Within(0.02));
        Assert.That(Math.Abs(told.RaDeg!.Value - (before.RaHours * 15)), Is.GreaterThan(0.25), "not of the date");
    }

    [Test, CancelAfter(120_000)]
    public async Task It_tells_its_settings_and_their_ranges(CancellationToken cancellation)
    {
        await using var camera = Open();
        var told = await camera.DescribeAsync(cancellation);
        Assert.That(told.Model, Is.EqualTo("CCD Simulator"));
        Assert.That(told.Settings.Select(setting => setting.Key), Is.SupersetOf(new[] { "gain", "offset", "binning", "temperature" }));
        Assert.That(told.Settings.First(setting => setting.Key == "gain").Choices, Is.EqualTo(new[] { "0 to 100" }));
    }

    [Test, CancelAfter(120_000)]
    public async Task Settings_that_a_driver_defines_a_moment_after_its_exposure_are_found(CancellationToken cancellation)
    {
        using var line = new SlowLine(_server.Port, "\"CCD_BINNING\"", TimeSpan.FromSeconds(1));
        await using var camera = Open(port: line.Port);
        await camera.ConfigureAsync(new Dictionary<string, string> { [CameraKeys.Binning] = "2" }, cancellation);
        Assert.That((await camera.DescribeAsync(cancellation)).Settings.First(setting => setting.Key == CameraKeys.Binning).Choices, Is.Not.Empty);
    }

    [TestCase(CameraKeys.Gain, "300", "0 to 100")]
    [TestCase("CCD_FAN.SPEED", "1", "PROPERTY.ELEMENT")]
    public async Task What_it_does_not_offer_is_refused(string key, string value, string hint)
    {
        await using var camera = Open();
        Assert.That(
            () => camera.ConfigureAsync(new Dictionary<string, string> { [key] = value }, CancellationToken.None),
            Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.BadInput).And.Property(nameof(JobException.Hint)).Contains(hint));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_device_that_is_not_there_is_told_with_those_that_are(CancellationToken cancellation)
    {
        await using var camera = Open("ZWO CCD");
        Assert.That(() => camera.DescribeAsync(cancellation), Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.CameraNotFound).And.Property(nameof(JobException.Hint)).Contains("CCD Simulator"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Without_a_server_the_camera_is_not_found(CancellationToken cancellation)
    {
        _server.Kill();
        await using var camera = Open();
        Assert.That(() => camera.DescribeAsync(cancellation), Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.CameraNotFound).And.Message.Contains("No INDI server"));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_cancel_aborts_the_exposure_and_the_next_frame_comes(CancellationToken cancellation)
    {
        await using var camera = Open();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await camera.ConfigureAsync(new Dictionary<string, string>(), cancellation);
        var exposing = camera.ExposeAsync(Request(0, 3000), stop.Token);
        await WaitForOpenShutterAsync(cancellation);
        await stop.CancelAsync();
        Assert.That(() => exposing, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.EnumerateFiles(Folder.Path, "*.fits"), Is.Empty);
        Assert.That(await camera.ExposeAsync(Request(0, 0.1), cancellation), Has.Count.EqualTo(1));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_server_that_is_killed_in_mid_exposure_fails_that_frame_and_the_next_one_waits_for_its_return(CancellationToken cancellation)
    {
        await using var camera = Open();
        await camera.ConfigureAsync(new Dictionary<string, string> { [CameraKeys.Binning] = "2" }, cancellation);
        var exposing = camera.ExposeAsync(Request(0, 3000), cancellation);
        await WaitForOpenShutterAsync(cancellation);
        _server.Kill();
        Assert.That(() => exposing, Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.CameraFailed));
        var next = camera.ExposeAsync(Request(1, 0.1), cancellation);
        await _log.HearAsync("Asking again", cancellation);
        _server.Start();
        using var picture = ImageFile.Open((await next)[0].Path);
        Assert.That(picture.Info.Width, Is.EqualTo(640), "the settings were made again");
    }

    /// <summary>Connects the simulated mount, and sends it there at about its right ascension, far from 0 h; it tracks from then on.</summary>
    private static async Task PointMountAsync(IndiClient client, double decDeg, CancellationToken cancellation)
    {
        Task<bool> Until(Func<bool> isSo) => client.WaitAsync(isSo, TimeSpan.FromSeconds(90), cancellation);
        IndiProperty? Of(string name) => client.Find("Telescope Simulator", name);
        Assert.That(await Until(() => Of("CONNECTION") is not null), "the mount is there");
        await client.SetAsync(Of("CONNECTION")!, ("CONNECT", "On"));
        Assert.That(await Until(() => Of("EQUATORIAL_EOD_COORD") is not null && Of("TELESCOPE_PARK") is not null && Of("ON_COORD_SET") is not null), "it is connected");
        await client.SetAsync(Of("TELESCOPE_PARK")!, ("UNPARK", "On"));
        Assert.That(await Until(() => Of("TELESCOPE_PARK")!.IsOn("UNPARK")), "it is unparked");
        var raHours = Math.Round(Math.Clamp(Pointing(client).RaHours, 1, 23), 2);
        var target = Of("EQUATORIAL_EOD_COORD")!;
        await client.SetAsync(target, ("RA", raHours.ToString(CultureInfo.InvariantCulture)), ("DEC", decDeg.ToString(CultureInfo.InvariantCulture)));
        Assert.That(await Until(() => Of("EQUATORIAL_EOD_COORD")!.State == "Ok" && Pointing(client) is var now && Math.Abs(now.RaHours - raHours) < 0.02 && Math.Abs(now.DecDeg - decDeg) < 0.01), () => $"it points there, not at {Pointing(client)}: {client.LastMessage}");
    }

    private static (double RaHours, double DecDeg) Pointing(IndiClient client)
    {
        var now = client.Find("Telescope Simulator", "EQUATORIAL_EOD_COORD")!;
        return (now.Elements["RA"].Number!.Value, now.Elements["DEC"].Number!.Value);
    }

    /// <summary>Asks the server itself, as another client does.</summary>
    private async Task WaitForOpenShutterAsync(CancellationToken cancellation)
    {
        await using var client = await IndiClient.ConnectAsync("127.0.0.1", _server.Port, Folder.File("none.blob"), NullLogger.Instance, TimeProvider.System, cancellation);
        Assert.That(await client.WaitAsync(() => client.Find("CCD Simulator", "CCD_EXPOSURE") is { State: "Busy" }, TimeSpan.FromSeconds(90), cancellation), "the shutter opens");
    }

    private IndiCamera Open(string? device = null, int? port = null) => new(
        ("127.0.0.1", port ?? _server.Port, device),
        new CameraSurroundings(Folder.File("scratch"), _log, TimeProvider.System) { Margin = TimeSpan.FromSeconds(60), Pause = TimeSpan.FromMilliseconds(500) });

    private ExposureRequest Request(int index, double seconds, FrameType type = FrameType.Light) =>
        new(index, TimeSpan.FromSeconds(seconds), type, Folder.Path, $"frame-{index + 1}", "fits");
}
