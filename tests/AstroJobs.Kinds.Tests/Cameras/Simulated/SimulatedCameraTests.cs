using System.Diagnostics;
using AstroJobs.Imaging;
using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Cameras.Simulated;

public sealed class SimulatedCameraTests : FolderFixture
{
    private static readonly SimulatedCameraSettings Small = new() { Width = 160, Height = 120, Instant = true };

    [Test, CancelAfter(120_000)]
    public async Task A_fits_frame_holds_the_pixels_and_says_how_it_was_taken(CancellationToken cancellation)
    {
        var settings = Small with { Layout = SensorLayout.Bayer };
        await using var camera = new SimulatedCamera(settings, TimeProvider.System);
        await camera.ConfigureAsync(new Dictionary<string, string> { ["iso"] = "800" }, cancellation);
        var before = DateTimeOffset.UtcNow;

        var file = (await camera.ExposeAsync(Request("fits", index: 2), cancellation)).Single();

        using var drawn = SimulatedFrame.Render(settings, new SimulatedExposure(2, TimeSpan.FromSeconds(4), 800), cancellation);
        using var read = ImageFile.Read(file.Path);
        Assert.That(read.Plane(0).SequenceEqual(drawn.Frame.Plane(0)), Is.True);
        var said = read.Metadata;
        Assert.That(said.Exposure, Is.EqualTo(TimeSpan.FromSeconds(4)));
        Assert.That(said.DateObs, Is.InRange(before, DateTimeOffset.UtcNow).And.EqualTo(file.TakenAt).Within(TimeSpan.FromMilliseconds(1)));
        Assert.That((said.Iso, said.Bayer, said.FrameType, said.Object), Is.EqualTo((800, BayerPattern.Rggb, "light", "Orion")));
        Assert.That(said.Camera, Does.Contain("simulated"));
        // The middle of frame 2 lies two drifts to the left of the asked centre on the sky's side: within a few pixels of 4.5' each.
        Assert.That(said.RaDeg, Is.EqualTo(83.9).Within(0.3));
        Assert.That(said.DecDeg, Is.EqualTo(-3.2).Within(0.3));
        var scale = 206264.806 * said.PixelSizeUm!.Value / 1000 / said.FocalLengthMm!.Value;
        Assert.That(2 * Math.Atan(80 * scale / 206264.806) * 180 / Math.PI, Is.EqualTo(12).Within(0.01));
    }

    [TestCase("jpg", 8)]
    [TestCase("png", 16)]
    [TestCase("tif", 16)]
    [CancelAfter(120_000)]
    public async Task It_saves_what_it_is_asked_for(string format, int bits, CancellationToken cancellation)
    {
        await using var camera = new SimulatedCamera(Small with { Layout = SensorLayout.Color }, TimeProvider.System);

        var file = (await camera.ExposeAsync(Request(format), cancellation)).Single();

        Assert.That(Path.GetFileName(file.Path), Is.EqualTo($"frame-0001.{format}"));
        using var reader = ImageFile.Open(file.Path);
        Assert.That((reader.Info.Width, reader.Info.Height, reader.Info.Channels), Is.EqualTo((160, 120, 3)));
        Assert.That(reader.Info.Format, Is.EqualTo(bits == 8 ? SampleFormat.UInt8 : SampleFormat.UInt16));
        if (format == "jpg")
            Assert.That(reader.Info.Metadata.Exposure, Is.EqualTo(TimeSpan.FromSeconds(4)));
        Assert.That(Directory.EnumerateFileSystemEntries(Folder.Path).Count(), Is.EqualTo(1));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_jpeg_has_black_at_the_offset_and_the_curve_of_srgb(CancellationToken cancellation)
    {
        var settings = Small with { ReadNoiseElectrons = 0, HotPixels = 0, DarkElectronsPerSecond = 0 };
        await using var camera = new SimulatedCamera(settings, TimeProvider.System);

        var flat = (await camera.ExposeAsync(Request("jpg") with { Type = FrameType.Flat, Name = "flat" }, cancellation)).Single();
        var bias = (await camera.ExposeAsync(Request("jpg") with { Type = FrameType.Bias, Name = "bias" }, cancellation)).Single();

        using var flatFrame = ImageFile.Read(flat.Path);
        using var biasFrame = ImageFile.Read(bias.Path);
        Assert.That(biasFrame.Plane(0).ToArray().Max(), Is.LessThan(0.005));
        // Half of the range over the offset, in linear light, is 0.735 in sRGB (IEC 61966-2-1).
        Assert.That(flatFrame.Plane(0).ToArray().Average(), Is.EqualTo(0.735).Within(0.01));
    }

    [Test, CancelAfter(120_000)]
    public async Task An_exposure_takes_the_time_it_would_take(CancellationToken cancellation)
    {
        await using var camera = new SimulatedCamera(Small with { Instant = false }, TimeProvider.System);
        var watch = Stopwatch.StartNew();

        await camera.ExposeAsync(Request("fits") with { Exposure = TimeSpan.FromSeconds(0.6) }, cancellation);

        Assert.That(watch.Elapsed.TotalSeconds, Is.GreaterThan(0.59)); // a timer may ring a millisecond early
    }

    [Test, CancelAfter(120_000)]
    public async Task A_setting_it_does_not_have_and_a_value_it_cannot_take_are_refused(CancellationToken cancellation)
    {
        await using var camera = new SimulatedCamera(Small, TimeProvider.System);
        Task Set(string key, string value) => camera.ConfigureAsync(new Dictionary<string, string> { [key] = value }, cancellation);

        Assert.That(() => Set("iso", "50"), Throws.TypeOf<JobException>().With.Message.Contains("100 to 25600"));
        Assert.That(() => Set("iso", "many"), Throws.TypeOf<JobException>());
        Assert.That(() => Set("aperture", "2.8"), Throws.TypeOf<JobException>().With.Property(nameof(JobException.Hint)).Contains("iso"));
        var described = await camera.DescribeAsync(cancellation);
        Assert.That((described.Name, described.Settings.Single().Key, described.Settings.Single().Value), Is.EqualTo(("sim", "iso", "400")));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_folder_that_is_not_there_is_an_error_for_people(CancellationToken cancellation)
    {
        await using var camera = new SimulatedCamera(Small, TimeProvider.System);

        Assert.That(
            () => camera.ExposeAsync(Request("fits") with { Folder = Folder.File("nowhere") }, cancellation),
            Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.IoError).And.Message.Contains("nowhere"));
    }

    private ExposureRequest Request(string format, int index = 0) =>
        new(index, TimeSpan.FromSeconds(4), FrameType.Light, Folder.Path, "frame-0001", format);
}
