using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Shooting;

/// <summary>Takes the frames of a job one by one; a frame that fails is tried once more, then told as failed.</summary>
internal sealed class FrameTaker(ICamera camera, ShootingParameters parameters, JobContext context)
{
    private const int Tries = 2;

    private readonly FrameName _name = FrameName.Parse(parameters.NameTemplate);
    private readonly DiskRoom _room = new(context.OutputFolder, parameters.StopWhenFreeBelow ?? 0, context.Log);

    /// <summary>One frame has come, in this attempt or one before: what fails now may pass.</summary>
    public bool HasTaken { get; set; }

    public async Task ConfigureAsync()
    {
        var settings = parameters.Settings();
        if (settings.Count > 0 || parameters.Camera != Cameras.Simulated.SimulatedCamera.Name)
            await camera.ConfigureAsync(settings, context.Cancellation).ConfigureAwait(false);
    }

    /// <summary>What a frame that is taken now is called, without an ending.</summary>
    public string NameOf(int number) => _name.Of(parameters, number, context.Time.GetUtcNow());

    /// <param name="number">From 1.</param>
    /// <param name="toCome">How many frames are to come, with this one.</param>
    /// <param name="inARow">They follow one another without a pause.</param>
    /// <exception cref="JobException">It failed in a way that the next ones would too: a full disk, a missing library, a setting that the camera does not have.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<TakenFrame> TakeAsync(int number, string name, int toCome, bool inARow = false)
    {
        _room.Check(toCome);
        var request = new ExposureRequest(
            number - 1, parameters.Bulb ?? parameters.Exposure, parameters.Type, context.OutputFolder, name, parameters.Format)
        {
            IsBulb = parameters.Bulb is not null,
            Following = inARow ? toCome - 1 : 0,
        };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var files = await camera.ExposeAsync(request, context.Cancellation).ConfigureAwait(false);
                HasTaken = true;
                _room.Learn(files.Select(static file => file.Path));
                return new TakenFrame(files, null);
            }
            catch (JobException failed) when (!EndsTheSeries(failed))
            {
                context.Log.LogWarning("Frame {Number}, try {Attempt}: {Message}", number, attempt, failed.Message);
                if (attempt == Tries)
                    return new TakenFrame([], failed);
            }
        }
    }

    /// <summary>A camera that has given no frame yet is not there; one that has may come back.</summary>
    private bool EndsTheSeries(JobException failed) =>
        failed.Code is ErrorCode.DiskFull or ErrorCode.LibraryMissing or ErrorCode.ToolMissing or ErrorCode.BadInput || (failed.Code == ErrorCode.CameraNotFound && !HasTaken);
}
