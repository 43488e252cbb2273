using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Chains;
using AstroJobs.Kinds.Galleries;
using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Capture;

/// <summary>One frame from a camera.</summary>
public sealed class CaptureKind() : JobKind<CaptureParameters>(static () => CaptureJson.Default.CaptureParameters, static () => new())
{
    public override string Name => "capture";

    /// <summary>A camera that is in the middle of its protocol gets time to end it.</summary>
    public override TimeSpan CancelGrace => TimeSpan.FromSeconds(20);

    public override IReadOnlyList<string> SlotsFor(CaptureParameters parameters) => [CameraDrivers.Slot(parameters.Camera)];

    public override CaptureParameters Prepare(CaptureParameters parameters, SubmitContext context) =>
        ShootingCheck.Complete(parameters) with { Then = Chain.Prepare(parameters.Then, context) };

    protected override async Task RunAsync(CaptureParameters parameters, JobContext context)
    {
        var started = context.Time.GetTimestamp();
        context.Report(0, 1, "capture", $"Taking a frame with the camera {parameters.Camera}");
        await using var camera = CameraDrivers.Open(parameters, context);
        var taker = new FrameTaker(camera, parameters, context);
        await taker.ConfigureAsync().ConfigureAwait(false);
        var taken = await taker.TakeAsync(1, taker.NameOf(1), toCome: 1).ConfigureAwait(false);
        if (taken.Failure is { } failed)
            throw failed;
        var files = taken.Files.Select(static file => ShotFile.Of(1, file)).ToList();
        var result = new CaptureResult(parameters.Camera, Math.Round(context.Time.GetElapsedTime(started).TotalSeconds, 3), files, []);
        context.SaveResult(result, CaptureJson.Default.CaptureResult);
        new GalleryShelf(parameters.Gallery, context).AddFrames(files, parameters.Type);
        context.Report(1, 1, "capture", $"Saved {string.Join(' ', files.Select(static file => file.File))}");
        if (parameters.Then.Count > 0)
            context.SaveResult(result with { Then = Chain.Submit(parameters.Then, files.Count, context) }, CaptureJson.Default.CaptureResult);
    }
}
