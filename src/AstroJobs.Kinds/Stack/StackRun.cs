using System.Globalization;
using AstroJobs.Imaging;
using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Stacking.Trails;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Faults;
using AstroJobs.Kinds.Galleries;
using AstroJobs.Kinds.Pictures;
using AstroJobs.Kinds.Stack.Live;
using AstroJobs.Kinds.Stack.Report;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Kinds.Stack;

/// <summary>One run of a stack in the worker: frames in, picture, preview and result.json out.</summary>
internal sealed class StackRun(StackParameters parameters, JobContext context)
{
    public const string PreviewName = "preview.jpg";
    public const string ThumbnailName = "thumbnail.jpg";
    public const string RejectionLowName = "rejection-low.fits";
    public const string CoverageName = "coverage.fits";
    public const string WeightsName = "weights.fits";
    public const string RejectionHighName = "rejection-high.fits";

    /// <exception cref="JobException"><c>bad_input</c> under two usable frames; <c>io_error</c> when the result cannot be written.</exception>
    public async Task RunAsync()
    {
        var started = context.Time.GetTimestamp();
        foreach (var torn in Directory.EnumerateFiles(context.OutputFolder, ".*.partial*").ToList())
            File.Delete(torn); // a run that was killed left it
        await (parameters.Live ? RunLiveAsync(started) : RunWholeAsync(started)).ConfigureAwait(false);
        new GalleryShelf(parameters.Gallery, context).AddResults(parameters.OutputName, PreviewName);
    }

    private async Task RunWholeAsync(long started)
    {
        var request = Request([.. PictureInputs.Collect(parameters.Frames, parameters.FromJob, context).Select(static picture => new StackInput(picture.Path, picture.Named))]);
        var report = await Task.Run(() => Stack(request)).ConfigureAwait(false);
        foreach (var frame in report.LeftOut)
            context.Log.LogWarning("Left out {Path}: {Reason}", frame.Path, frame.Reason);
        var result = Describe(report, started);
        StackReportFile.Write(result, context);
        context.SaveResult(result, StackJson.Default.StackResult);
    }

    private async Task RunLiveAsync(long started)
    {
        try
        {
            await new LiveRun(parameters, context, Request([]), report => Describe(report, started)).RunAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is StackException or ImageException)
        {
            throw Explain(exception);
        }
    }

    private StackResult Describe(StackReport report, long started) => StackResult.Of(report, parameters, PreviewName, context.Time.GetElapsedTime(started), PeakMemory());

    private StackRequest Request(IReadOnlyList<StackInput> inputs)
    {
        return new StackRequest
        {
            Inputs = inputs,
            Mode = parameters.Mode,
            Alignment = parameters.Align,
            Registration = Registration(inputs),
            CoveragePath = HasCoverage(parameters) ? Path.Combine(context.OutputFolder, CoverageName) : null,
            Normalization = parameters.Normalize,
            Weighting = parameters.Weights,
            Rejection = parameters.Rejection,
            RejectionLimits = parameters is { Low: { } low, High: { } high } ? new RejectionLimits(low, high) : null,
            RejectionMaps = parameters.RejectionMaps
                ? new RejectionMapPaths(Path.Combine(context.OutputFolder, RejectionLowName), Path.Combine(context.OutputFolder, RejectionHighName))
                : null,
            Calibration = Calibration(),
            Demosaic = parameters.Demosaic,
            Trim = TrimChoice.Of(parameters),
            MemoryBytes = parameters.MemoryBytes,
            WorkFolder = context.WorkFolder,
            OutputPath = Path.Combine(context.OutputFolder, parameters.OutputName),
            PreviewPath = Path.Combine(context.OutputFolder, PreviewName),
            Finish = Finish(),
            Landscape = parameters.Foreground ? new LandscapeRequest(parameters.Mask, parameters.Feather) : null,
            Trails = parameters.GapFill || parameters.Fade != TrailFade.None ? new TrailRequest(parameters.GapFill, parameters.Fade) : null,
            Checkpoint = new CheckpointRequest(Path.Combine(context.WorkFolder, "stack"), parameters.CheckpointEvery, context.Resumes) { Saved = Mark },
        };
    }

    private void Mark(KeptWork kept)
    {
        context.SaveCheckpoint(new StackCheckpointMark(kept.Part, kept.Frames, kept.Rows), StackJson.Default.StackCheckpointMark);
        FailPoints.Pass(kept.Part switch
        {
            KeptPart.Frames => FailPoint.StackFrameKept,
            KeptPart.Result => FailPoint.StackStripKept,
            KeptPart.Ground => FailPoint.StackGroundKept,
            KeptPart.Mask => FailPoint.StackMaskKept,
            KeptPart.Sky => FailPoint.StackSkyKept,
            _ => FailPoint.StackPassKept,
        });
    }

    /// <summary>With framing max there are parts that no frame shows; of drizzled frames the weights tell.</summary>
    public static bool HasCoverage(StackParameters parameters) => parameters.Drizzle is null && (parameters.CoverageMap || parameters.Framing == StackFraming.Max);

    private RegistrationRequest Registration(IReadOnlyList<StackInput> inputs)
    {
        var request = RegistrationChoices.Of(parameters, [.. inputs.Select(input => input.Path)]);
        return request.Drizzle is { } drizzle ? request with { Drizzle = drizzle with { WeightsPath = Path.Combine(context.OutputFolder, WeightsName) } } : request;
    }

    private FinishRequest Finish() => new()
    {
        WhiteBalance = parameters.WhiteBalance,
        Background = parameters.Background,
        Stretch = parameters.Stretch,
        Format = parameters.Bits == 16 ? SampleFormat.UInt16 : SampleFormat.Float32,
        ThumbnailPath = Path.Combine(context.OutputFolder, ThumbnailName),
    };

    private CalibrationRequest? Calibration()
    {
        if (parameters.Masters is null && parameters.Cosmetic is not CosmeticCorrection.Deviation)
            return null;
        var masters = parameters.Masters ?? new MasterFiles();
        return new CalibrationRequest
        {
            Bias = masters.Bias,
            Dark = masters.Dark,
            Flat = masters.Flat,
            DarkFlat = masters.DarkFlat,
            BiasLevel = masters.BiasLevel,
            OptimizeDark = parameters.DarkOptimize,
            Cosmetic = parameters.Cosmetic,
            CacheFolder = context.CacheFolder,
        };
    }

    private StackReport Stack(StackRequest request)
    {
        try
        {
            return Stacker.Run(request, new Reporter(context), context.Cancellation);
        }
        catch (Exception exception) when (exception is StackException or ImageException)
        {
            throw Explain(exception);
        }
    }

    private JobException Explain(Exception exception)
    {
        foreach (var frame in (exception as StackException)?.LeftOut ?? [])
            context.Log.LogWarning("Left out {Path}: {Reason}", frame.Path, frame.Reason);
        return exception switch
        {
            StackException => new JobException(ErrorCode.BadInput, exception.Message, "task.log names every frame that was left out and why.", exception),
            MissingLibraryException => new JobException(ErrorCode.LibraryMissing, exception.Message, "`astrojobs doctor` shows what is missing.", exception),
            _ => new JobException(ErrorCode.IoError, exception.Message, inner: exception),
        };
    }

    /// <summary>VmHWM: the most resident memory of this process so far.</summary>
    private static long? PeakMemory()
    {
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line?.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..]
            ? long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024
            : null;
    }

    /// <summary>Straight to the context, which may be called from any thread; <see cref="Progress{T}"/> would queue and reorder.</summary>
    private sealed class Reporter(JobContext context) : IProgress<StackProgress>
    {
        public void Report(StackProgress value) =>
            context.Report(value.Current, value.Total, value.Phase.ToString().ToLowerInvariant(), value.Message);
    }
}
