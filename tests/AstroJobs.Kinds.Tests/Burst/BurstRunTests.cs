using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Burst;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Tests.Timelapse;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Burst;

public sealed class BurstRunTests : FolderFixture
{
    private static readonly BurstParameters Quick = new()
    {
        Count = 3,
        Exposure = TimeSpan.FromSeconds(5),
        Sim = new SimulatedCameraSettings { Width = 160, Height = 120, Instant = true },
    };

    [Test, CancelAfter(120_000)]
    public async Task Frames_land_in_the_output_folder_and_are_reported_and_listed(CancellationToken cancellation)
    {
        var context = new FolderJobContext(Folder.Path, cancellation: cancellation);

        await TakeAsync(Quick with { Iso = 1600 }, context);

        Assert.That(Directory.EnumerateFiles(context.OutputFolder).Select(Path.GetFileName), Is.EquivalentTo(
            new[] { "frame-0001.fits", "frame-0002.fits", "frame-0003.fits", "result.json" }));
        Assert.That(context.Reports[^1], Is.EqualTo(new JobProgress(3, 3, "capture", "Frame 3/3 saved frame-0003.fits")));
        var result = context.ReadResult();
        Assert.That(result.GetProperty("requested").GetInt32(), Is.EqualTo(3));
        Assert.That(result.GetProperty("captured").GetInt32(), Is.EqualTo(3));
        Assert.That(result.GetProperty("missed").GetInt32(), Is.Zero);
        Assert.That(result.GetProperty("failures").GetArrayLength(), Is.Zero);
        var second = result.GetProperty("files")[1];
        Assert.That(second.GetProperty("file").GetString(), Is.EqualTo("frame-0002.fits"));
        Assert.That(second.GetProperty("exposure_s").GetDouble(), Is.EqualTo(5));
        using var reader = ImageFile.Open(Path.Combine(context.OutputFolder, "frame-0002.fits"));
        Assert.That(reader.Info.Metadata.Iso, Is.EqualTo(1600));
        Assert.That(reader.Info.Metadata.DateObs, Is.EqualTo(second.GetProperty("taken_at").GetDateTimeOffset()).Within(TimeSpan.FromMilliseconds(1)));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_frame_that_fails_once_is_taken_again_and_one_that_fails_twice_is_recorded(CancellationToken cancellation)
    {
        var context = new FolderJobContext(Folder.Path, cancellation: cancellation);
        var camera = new FlakyCamera(Quick.Sim, failures: new() { [0] = 1, [1] = 2 });

        await new BurstRun(camera, Quick, context).TakeAsync();

        var result = context.ReadResult();
        Assert.That(result.GetProperty("captured").GetInt32(), Is.EqualTo(2));
        Assert.That(result.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("file").GetString()), Is.EqualTo(new[] { "frame-0001.fits", "frame-0003.fits" }));
        var failure = result.GetProperty("failures")[0];
        Assert.That(failure.GetProperty("frame").GetInt32(), Is.EqualTo(2));
        Assert.That(failure.GetProperty("message").GetString(), Is.EqualTo("The mirror is stuck."));
        Assert.That(camera.Exposures, Is.EqualTo(new[] { 0, 0, 1, 1, 2 }));
    }

    [Test, CancelAfter(120_000)]
    public void When_no_frame_comes_the_burst_fails_with_the_last_reason(CancellationToken cancellation)
    {
        var context = new FolderJobContext(Folder.Path, cancellation: cancellation);
        var camera = new FlakyCamera(Quick.Sim, failures: new() { [0] = 2, [1] = 2, [2] = 2 });

        Assert.That(
            () => new BurstRun(camera, Quick, context).TakeAsync(),
            Throws.TypeOf<JobException>().With.Message.Contains("The mirror is stuck.").And.Property(nameof(JobException.Code)).EqualTo(ErrorCode.IoError));
        Assert.That(Directory.EnumerateFiles(context.OutputFolder), Is.Empty);
    }

    [Test, CancelAfter(120_000)]
    public void More_failures_than_are_borne_end_the_burst_with_what_it_has(CancellationToken cancellation)
    {
        var context = new FolderJobContext(Folder.Path, cancellation: cancellation);
        var camera = new FlakyCamera(Quick.Sim, failures: new() { [1] = 2, [2] = 2 });

        Assert.That(
            () => new BurstRun(camera, Quick with { Count = 5, MaxFailures = 1 }, context).TakeAsync(),
            Throws.TypeOf<JobException>().With.Message.Contains("More than 1").And.Message.Contains("The mirror is stuck."));

        Assert.That(context.ReadResult().GetProperty("captured").GetInt32(), Is.EqualTo(1));
        Assert.That(context.ReadResult().GetProperty("failures").GetArrayLength(), Is.EqualTo(2));
        Assert.That(camera.Exposures, Is.EqualTo(new[] { 0, 1, 1, 2, 2 }), "no more were tried");
    }

    [TestCase(ErrorCode.DiskFull, 1)]
    [TestCase(ErrorCode.CameraNotFound, 0)]
    public void What_the_next_frames_would_meet_too_ends_the_burst_at_once(string code, int at)
    {
        var camera = new FlakyCamera(Quick.Sim, failures: new() { [at] = 1 }, code);
        Assert.That(() => new BurstRun(camera, Quick, new FolderJobContext(Folder.Path)).TakeAsync(), Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(code));
        Assert.That(camera.Exposures, Is.EqualTo(Enumerable.Range(0, at + 1)));
    }

    [Test]
    public async Task A_camera_that_has_given_a_frame_may_come_back()
    {
        var context = new FolderJobContext(Folder.Path);
        var camera = new FlakyCamera(Quick.Sim, failures: new() { [1] = 2 }, ErrorCode.CameraNotFound);
        await new BurstRun(camera, Quick, context).TakeAsync();
        Assert.That(camera.Exposures, Is.EqualTo(new[] { 0, 1, 1, 2 }));
        Assert.That(context.ReadResult().GetProperty("captured").GetInt32(), Is.EqualTo(2));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_cancel_in_mid_exposure_does_not_wait_for_its_end_and_keeps_the_frames_so_far(CancellationToken cancellation)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var second = new TaskCompletionSource();
        var context = new FolderJobContext(Folder.Path, cancellation: cancel.Token) { Reported = progress => _ = progress.Current == 1 && second.TrySetResult() };
        // The first frame takes no time; the second one would take an hour.
        var camera = new SlowingCamera(Quick.Sim, TimeSpan.FromHours(1));
        var run = new BurstRun(camera, Quick, context).TakeAsync();
        await second.Task;
        await camera.InMidExposure;

        await cancel.CancelAsync();

        Assert.That(() => run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.EnumerateFiles(context.OutputFolder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "frame-0001.fits", "result.json" }));
        Assert.That(context.ReadResult().GetProperty("captured").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Frames_keep_the_phase_of_the_interval_from_start_to_start_and_starts_that_pass_are_missed()
    {
        var time = new LeapingTime();
        var camera = new ScriptedCamera(time) { Lasts = static shot => TimeSpan.FromSeconds(shot == 2 ? 25 : 3) };
        var context = new FolderJobContext(Folder.Path, time);

        await new BurstRun(camera.Open(), Quick with { Count = 4, Interval = TimeSpan.FromSeconds(10) }, context).TakeAsync();

        Assert.That(camera.Asked.Select(asked => (asked.At - camera.Asked[0].At).TotalSeconds), Is.EqualTo(new[] { 0.0, 10, 40, 50 }), "the second one lasted until 35");
        Assert.That(context.ReadResult().GetProperty("missed").GetInt32(), Is.EqualTo(2));
    }

    private static async Task TakeAsync(BurstParameters parameters, JobContext context)
    {
        await using var camera = new SimulatedCamera(parameters.Sim, context.Time);
        await new BurstRun(camera, parameters, context).TakeAsync();
    }
}
