using System.Globalization;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Burst;

/// <summary>One run of a burst: frame after frame on schedule; a frame that fails is tried once more, then recorded, and the next one follows.</summary>
internal sealed class BurstRun(ICamera camera, BurstParameters parameters, JobContext context)
{
    private const int Tries = 2;
    private const string Phase = "capture";

    private readonly BurstSchedule _schedule = new(parameters.Interval);
    private readonly List<BurstFile> _files = [];
    private readonly List<BurstFailure> _failures = [];
    private readonly long _started = context.Time.GetTimestamp();

    /// <exception cref="JobException">No frame came, or one failed in a way that the next ones would too (a full disk, a missing library).</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the frames so far are kept and listed.</exception>
    public async Task TakeAsync()
    {
        context.Report(0, parameters.Count, Phase, $"Taking {parameters.Count} frames with the camera {parameters.Camera}");
        if (parameters.Iso is { } iso)
        {
            var settings = new Dictionary<string, string> { ["iso"] = iso.ToString(CultureInfo.InvariantCulture) };
            await camera.ConfigureAsync(settings, context.Cancellation).ConfigureAwait(false);
        }
        try
        {
            for (var index = 0; index < parameters.Count; index++)
            {
                await Task.Delay(_schedule.Next(Elapsed), context.Time, context.Cancellation).ConfigureAwait(false);
                await TakeAsync(index).ConfigureAwait(false);
            }
        }
        finally
        {
            if (_files.Count > 0)
                context.SaveResult(Result(), BurstJson.Default.BurstResult);
        }
        if (_files.Count == 0)
            throw new JobException(_failures[^1].Code, $"None of {parameters.Count} frames came. The last failure: {_failures[^1].Message}", "task.log has every failure.");
    }

    private TimeSpan Elapsed => context.Time.GetElapsedTime(_started);

    private async Task TakeAsync(int index)
    {
        var number = index + 1;
        var name = string.Create(CultureInfo.InvariantCulture, $"{parameters.Prefix}-{number:0000}");
        var request = new ExposureRequest(index, parameters.Exposure, parameters.Type, context.OutputFolder, name, parameters.Format);
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            try
            {
                var taken = await camera.ExposeAsync(request, context.Cancellation).ConfigureAwait(false);
                _files.AddRange(taken.Select(file => new BurstFile(number, Path.GetFileName(file.Path), file.TakenAt, file.Exposure.TotalSeconds)));
                context.Report(number, parameters.Count, Phase, $"Frame {number}/{parameters.Count} saved {string.Join(" ", taken.Select(file => Path.GetFileName(file.Path)))}");
                return;
            }
            catch (JobException failed) when (!EndsTheBurst(failed))
            {
                context.Log.LogWarning("Frame {Number}/{Count}, try {Attempt}: {Message}", number, parameters.Count, attempt, failed.Message);
                if (attempt < Tries)
                    continue;
                _failures.Add(new BurstFailure(number, failed.Code, failed.Message));
                context.Report(number, parameters.Count, Phase, $"Frame {number}/{parameters.Count} failed: {failed.Message}");
            }
        }
    }

    private static bool EndsTheBurst(JobException failed) =>
        failed.Code is ErrorCode.DiskFull or ErrorCode.LibraryMissing or ErrorCode.ToolMissing or ErrorCode.CameraNotFound or ErrorCode.BadInput;

    private BurstResult Result() => new(
        parameters.Camera, parameters.Count, _files.Select(file => file.Frame).Distinct().Count(), _schedule.Missed, Math.Round(Elapsed.TotalSeconds, 3), _files, _failures);
}
