using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Testing.VirtualCameras;

namespace AstroJobs.Kinds.Tests.Cameras.Gphoto2;

/// <summary>What goes wrong with cameras, done to the real gphoto2 by a virtual one.</summary>
public sealed class Gphoto2FaultTests
{
    [Test, CancelAfter(120_000)]
    public async Task A_camera_that_is_busy_is_asked_again(CancellationToken cancellation)
    {
        await using var bench = await new Gphoto2Bench().SetAsync();
        bench.Body.FaultOf = static shot => shot == 1 ? ShotFault.Busy : ShotFault.None;
        Assert.That(await bench.TakeAsync(0, cancellation: cancellation), Has.Count.EqualTo(1));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_camera_that_stays_busy_fails_with_what_to_do(CancellationToken cancellation)
    {
        await using var bench = await new Gphoto2Bench().SetAsync();
        bench.Body.FaultOf = static _ => ShotFault.Busy;
        Assert.That(() => bench.TakeAsync(0, cancellation: cancellation), Throws.InstanceOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.CameraBusy).And.Property(nameof(JobException.Hint)).Contains("switch it off and on"));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_camera_that_somebody_else_holds_is_asked_again(CancellationToken cancellation)
    {
        await using var bench = new Gphoto2Bench();
        bench.Body.Refusals = 2;
        await bench.SetAsync();
        Assert.That(await bench.TakeAsync(0, cancellation: cancellation), Has.Count.EqualTo(1));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_camera_that_is_off_is_told_at_once(CancellationToken cancellation)
    {
        await using var bench = new Gphoto2Bench();
        bench.Body.Vanish();
        Assert.That(() => bench.SetAsync(), Throws.InstanceOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.CameraNotFound));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_camera_that_vanishes_and_comes_back_goes_on(CancellationToken cancellation)
    {
        await using var bench = await new Gphoto2Bench().SetAsync();
        await bench.TakeAsync(0, cancellation: cancellation);
        bench.Body.Vanish();
        var next = bench.TakeWithRetryAsync(1);
        await bench.Log.HearAsync("Asking again", cancellation);
        bench.Body.Return();
        Assert.That(await next, Has.Count.EqualTo(1));
        Assert.That(bench.Names, Is.EqualTo(new[] { "frame-1.jpg", "frame-2.jpg" }));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_shutter_that_hangs_fails_its_frame_in_its_time_and_the_next_one_comes(CancellationToken cancellation)
    {
        await using var bench = await new Gphoto2Bench(margin: TimeSpan.FromSeconds(4)).SetAsync();
        bench.Body.FaultOf = static shot => shot == 1 ? ShotFault.Hang : ShotFault.None;
        Assert.That(() => bench.TakeAsync(0, cancellation: cancellation), Throws.InstanceOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.CameraFailed));
        await using var patient = bench.Open(TimeSpan.FromSeconds(60));
        await patient.ConfigureAsync(new Dictionary<string, string>(), cancellation);
        Assert.That(await patient.ExposeAsync(new ExposureRequest(1, null, FrameType.Light, bench.Frames, "frame-2", "fits"), cancellation), Has.Count.EqualTo(1));
        Assert.That(bench.Body.Collisions, Is.Zero, "the one that hung was gone before the next one began");
    }

    [TestCase(ShotFault.Drop)]
    [TestCase(ShotFault.DropInDownload)]
    public async Task A_cable_that_comes_loose_is_tried_again_and_leaves_no_torn_file(ShotFault fault)
    {
        await using var bench = await new Gphoto2Bench().SetAsync((CameraKeys.ImageFormat, "NEF (Raw)"));
        bench.Body.FaultOf = shot => shot == 2 ? fault : ShotFault.None;
        for (var index = 0; index < 3; index++)
            await bench.TakeWithRetryAsync(index);
        Assert.That(bench.Names, Is.EqualTo(new[] { "frame-1.nef", "frame-2.nef", "frame-3.nef" }));
        Assert.That(bench.Names.Select(name => new FileInfo(Path.Combine(bench.Frames, name)).Length), Has.All.GreaterThan(300_000));
    }

    [TestCase(ShotFault.Drop)]
    [TestCase(ShotFault.DropInDownload)]
    [TestCase(ShotFault.Unfocused)]
    [TestCase(ShotFault.Busy)]
    public async Task A_fault_among_frames_that_follow_at_once_costs_none_of_them(ShotFault fault)
    {
        await using var bench = await new Gphoto2Bench().SetAsync((CameraKeys.ImageFormat, "NEF (Raw)"), (CameraKeys.Shutter, "1"));
        bench.Body.FaultOf = shot => shot == 2 ? fault : ShotFault.None;
        for (var index = 0; index < 4; index++)
            await bench.TakeWithRetryAsync(index, following: 3 - index);
        Assert.That(bench.Names, Is.EqualTo(new[] { "frame-1.nef", "frame-2.nef", "frame-3.nef", "frame-4.nef" }));
        Assert.That(bench.Body.Collisions, Is.Zero);
    }

    [Test, CancelAfter(120_000)]
    public async Task A_full_card_is_told_as_such(CancellationToken cancellation)
    {
        await using var bench = await new Gphoto2Bench().SetAsync();
        bench.Body.FaultOf = static _ => ShotFault.CardFull;
        Assert.That(() => bench.TakeAsync(0, cancellation: cancellation), Throws.InstanceOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.DiskFull).And.Message.Contains("card is full"));
    }

    [Test, CancelAfter(120_000)]
    public async Task No_focus_is_told_with_what_to_do_and_the_next_frame_comes(CancellationToken cancellation)
    {
        await using var bench = await new Gphoto2Bench().SetAsync();
        bench.Body.FaultOf = static shot => shot == 1 ? ShotFault.Unfocused : ShotFault.None;
        Assert.That(() => bench.TakeAsync(0, cancellation: cancellation), Throws.InstanceOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(ErrorCode.CameraFailed).And.Property(nameof(JobException.Hint)).Contains("manual focus"));
        Assert.That(await bench.TakeAsync(0, cancellation: cancellation), Has.Count.EqualTo(1));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_slow_camera_gets_its_time(CancellationToken cancellation)
    {
        await using var bench = await new Gphoto2Bench().SetAsync();
        bench.Body.FaultOf = static _ => ShotFault.Slow;
        Assert.That(await bench.TakeAsync(0, cancellation: cancellation), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_setting_that_the_camera_refuses_fails_before_the_first_frame()
    {
        await using var bench = new Gphoto2Bench();
        bench.Body.RefusedProperty = 0x500F;
        Assert.That(() => bench.SetAsync((CameraKeys.Iso, "1600")), Throws.InstanceOf<JobException>().With.Message.Contains("refused a setting"));
        Assert.That(bench.Body.Shots, Is.Zero);
    }
}
