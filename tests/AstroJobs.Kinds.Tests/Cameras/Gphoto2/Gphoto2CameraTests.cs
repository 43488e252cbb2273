using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Testing.VirtualCameras;

namespace AstroJobs.Kinds.Tests.Cameras.Gphoto2;

/// <summary>The real gphoto2 takes pictures with a virtual camera.</summary>
public sealed class Gphoto2CameraTests
{
    [Test, CancelAfter(120_000)]
    public async Task Frames_come_under_their_names_over_one_connection(CancellationToken cancellation)
    {
        await using var bench = await new Gphoto2Bench().SetAsync((CameraKeys.ImageFormat, "JPEG Fine"));
        var before = bench.Body.Connections;
        for (var index = 0; index < 3; index++)
        {
            var files = await bench.TakeAsync(index, cancellation: cancellation);
            Assert.That(files.Select(file => file.Path), Is.EqualTo(new[] { Path.Combine(bench.Frames, $"frame-{index + 1}.jpg") }));
            Assert.That(files[0].Exposure, Is.EqualTo(TimeSpan.FromSeconds(0.1)));
            // gphoto2 says that it begins right before it releases the shutter.
            Assert.That(files[0].TakenAt, Is.EqualTo(bench.Body.Openings[index]).Within(TimeSpan.FromSeconds(20)).And.LessThanOrEqualTo(bench.Body.Openings[index] + TimeSpan.FromSeconds(15)));
        }
        Assert.That(bench.Body.Connections - before, Is.EqualTo(1));
        Assert.That(bench.Body.Shots, Is.EqualTo(3));
        Assert.That(bench.Names, Is.EqualTo(new[] { "frame-1.jpg", "frame-2.jpg", "frame-3.jpg" }));
        using var picture = ImageFile.Open(Path.Combine(bench.Frames, "frame-3.jpg"));
        Assert.That((picture.Info.Width, picture.Info.Height), Is.EqualTo((480, 320)));
    }

    [Test, CancelAfter(120_000)]
    public async Task Frames_that_follow_at_once_are_begun_before_they_are_asked_for_and_no_more_of_them(CancellationToken cancellation)
    {
        await using var bench = await new Gphoto2Bench().SetAsync((CameraKeys.ImageFormat, "JPEG Fine"), (CameraKeys.Shutter, "1"));
        var before = bench.Body.Connections;
        for (var index = 0; index < 3; index++)
        {
            var files = await bench.TakeAsync(index, following: 2 - index, cancellation: cancellation);
            Assert.That(files.Select(file => Path.GetFileName(file.Path)), Is.EqualTo(new[] { $"frame-{index + 1}.jpg" }));
            while (bench.Body.Openings.Count < Math.Min(index + 2, 3))
                await Task.Delay(10, cancellation);
            Assert.That(files[0].TakenAt, Is.LessThanOrEqualTo(bench.Body.Openings[index] + TimeSpan.FromSeconds(15)).And.GreaterThan(index == 0 ? DateTimeOffset.MinValue : bench.Body.Openings[index - 1]));
        }
        await bench.Camera.DisposeAsync();
        Assert.That((bench.Body.Shots, bench.Body.Connections - before), Is.EqualTo((3, 1)));
        Assert.That(bench.Body.Card, Is.Empty, "the last one was told to its end too");
    }

    [Test, CancelAfter(120_000)]
    public async Task A_pair_of_raw_and_jpeg_keeps_both(CancellationToken cancellation)
    {
        await using var bench = await new Gphoto2Bench().SetAsync((CameraKeys.ImageFormat, "nef+fine"));
        for (var index = 0; index < 2; index++)
            Assert.That((await bench.TakeAsync(index, cancellation: cancellation)).Select(file => Path.GetFileName(file.Path)), Is.EquivalentTo(new[] { $"frame-{index + 1}.jpg", $"frame-{index + 1}.nef" }));
        Assert.That(bench.Names, Has.Length.EqualTo(4));
        using var raw = ImageFile.Open(Path.Combine(bench.Frames, "frame-2.nef"));
        using var jpeg = ImageFile.Open(Path.Combine(bench.Frames, "frame-2.jpg"));
        Assert.That((raw.Info.Channels, jpeg.Info.Channels), Is.EqualTo((1, 3)));
    }

    [Test, CancelAfter(120_000)]
    public async Task Settings_go_by_the_keys_and_words_that_the_body_has(CancellationToken cancellation)
    {
        await using var bench = await new Gphoto2Bench().SetAsync(
            (CameraKeys.Iso, "1600"), (CameraKeys.Shutter, "1/5"), (CameraKeys.Aperture, "2.8"), (CameraKeys.WhiteBalance, "daylight"), (CameraKeys.ImageFormat, "JPEG Basic"), ("expprogram", "M"));
        var files = await bench.TakeAsync(0, cancellation: cancellation);
        Assert.That(files[0].Exposure, Is.EqualTo(TimeSpan.FromSeconds(0.2)));
        await bench.Camera.DisposeAsync();
        await using var again = bench.Open(TimeSpan.FromSeconds(60));
        var camera = await again.DescribeAsync(cancellation);
        string Value(string key) => camera.Settings.First(setting => setting.Key == key).Value;
        Assert.That((Value("iso"), Value("shutterspeed"), Value("f-number"), Value("whitebalance"), Value("imagequality")), Is.EqualTo(("1600", "0.2000s", "f/2.8", "Daylight", "JPEG Basic")));
        Assert.That((camera.Model, camera.BatteryPercent, camera.Port), Is.EqualTo(($"AstroJobs {VirtualCamera.Model}", 83, bench.Body.Port)));
    }

    [TestCase(CameraKeys.Iso, "850", "100, 200, 400")]
    [TestCase(CameraKeys.Shutter, "1/3", "0.0100s, 0.1000s")]
    [TestCase("mirrorlockup", "on", "`astrojobs cameras`")]
    public async Task What_the_camera_does_not_offer_is_refused_before_the_first_frame_with_what_it_offers(string key, string value, string offered)
    {
        await using var bench = new Gphoto2Bench();
        var refused = Assert.ThrowsAsync<JobException>(() => bench.SetAsync((CameraKeys.Aperture, "2.8"), (key, value)))!;
        Assert.That((refused.Code, refused.Hint), Is.EqualTo((ErrorCode.BadInput, refused.Hint)));
        Assert.That(refused.Message + refused.Hint, Does.Contain(key).And.Contain(offered));
        var now = await bench.Camera.DescribeAsync(CancellationToken.None);
        Assert.That(now.Settings.First(setting => setting.Key == "f-number").Value, Is.EqualTo("f/4"), "nothing was set");
    }

    [Test, CancelAfter(120_000)]
    public async Task An_exposure_is_one_of_the_cameras_own_where_it_has_it_and_refused_where_it_has_not(CancellationToken cancellation)
    {
        await using var bench = await new Gphoto2Bench().SetAsync();
        Assert.That((await bench.TakeAsync(0, TimeSpan.FromSeconds(0.5), cancellation: cancellation))[0].Exposure, Is.EqualTo(TimeSpan.FromSeconds(0.5)));
        Assert.That(() => bench.TakeAsync(1, TimeSpan.FromSeconds(3), cancellation: cancellation), Throws.InstanceOf<JobException>().With.Property(nameof(JobException.Hint)).Contains("5.0000s"));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_bulb_exposure_is_timed_by_us_and_keeps_both_files(CancellationToken cancellation)
    {
        await using var bench = await new Gphoto2Bench().SetAsync((CameraKeys.ImageFormat, "NEF+Fine"));
        var files = await bench.TakeAsync(0, TimeSpan.FromSeconds(1.5), isBulb: true, cancellation: cancellation);
        Assert.That(files.Select(file => Path.GetFileName(file.Path)), Is.EquivalentTo(new[] { "frame-1.nef", "frame-1.jpg" }));
        Assert.That(bench.Body.LastOpen, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1.4)));
        Assert.That(await bench.TakeAsync(1, TimeSpan.FromSeconds(0.2), isBulb: true, cancellation: cancellation), Has.Count.EqualTo(2));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_bulb_exposure_that_is_cancelled_closes_the_shutter_and_leaves_no_file(CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using var bench = await new Gphoto2Bench().SetAsync();
        var exposing = bench.TakeAsync(0, TimeSpan.FromMinutes(30), isBulb: true, cancellation: stop.Token);
        while (bench.Body.Openings.Count == 0)
            await Task.Delay(10, cancellation);
        await stop.CancelAsync();
        Assert.That(() => exposing, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(bench.Body.IsOpen, Is.False);
        Assert.That(bench.Names, Is.Empty);
    }
}
