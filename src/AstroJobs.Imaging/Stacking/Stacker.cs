using System.Diagnostics;
using System.Globalization;
using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Drizzling;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Stacking.Local;
using AstroJobs.Imaging.Stacking.Output;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Stacking.Trails;

namespace AstroJobs.Imaging.Stacking;

/// <summary>Stacks pictures: reads each once, lays them on the best one, combines them strip by strip and writes the result.</summary>
public static class Stacker
{
    private const double FewHoles = 0.005;

    /// <param name="progress">Called from several threads.</param>
    /// <exception cref="StackException">Fewer than two frames are usable.</exception>
    /// <exception cref="ImageException">The result cannot be written.</exception>
    public static StackReport Run(StackRequest request, IProgress<StackProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var checkpoint = StackCheckpoint.Open(request, request.MemoryBytes ?? MemoryBudget.Default());
        var memory = checkpoint?.MemoryBytes ?? request.MemoryBytes ?? MemoryBudget.Default();
        var clock = Stopwatch.StartNew();
        using var scratch = checkpoint is null ? new ScratchFile(Path.Combine(request.WorkFolder, "frames.scratch")) : new ScratchFile(checkpoint.ScratchPath, checkpoint.ScratchLength);
        using var calibrator = new Calibrator(
            request.Calibration, new MasterMaker(request.Calibration?.CacheFolder ?? request.WorkFolder, request.Trim, scratch, memory, request.Threads, progress, cancellation));
        var mastersTime = clock.Elapsed;
        clock.Restart();
        if (checkpoint is not null)
            calibrator.Restore(checkpoint.Calibrator);
        var inspected = new FrameInspector(request, memory, scratch, calibrator, checkpoint, progress).InspectAll(cancellation);
        var frames = inspected.Select(result => result.Frame).OfType<InspectedFrame>().ToArray();
        try
        {
            var leftOut = inspected.Select(result => result.LeftOut).OfType<LeftOutFrame>().ToList();
            var readTime = clock.Elapsed;
            RefuseFewerThanTwo(frames.Length, leftOut, request);
            clock.Restart();
            var registered = new FrameRegistrar(request, memory, checkpoint, progress).Register(frames, leftOut.Add, cancellation);
            RefuseFewerThanTwo(registered.Frames.Count, leftOut, request);
            var (placed, canvas) = FramePlacer.Place(FrameSelector.Select(registered, request, leftOut.Add), request.Registration, leftOut.Add);
            RefuseFewerThanTwo(placed.Frames.Count, leftOut, request);
            var report = Combine(request, placed, canvas, InOrder(leftOut, request), calibrator.Report(), memory, checkpoint, readTime, clock.Elapsed, progress, cancellation);
            checkpoint?.Delete();
            return report with { MastersTime = mastersTime };
        }
        finally
        {
            foreach (var frame in frames)
                frame.Store.Dispose();
        }
    }

    private static StackReport Combine(
        StackRequest request,
        RegisteredFrames registered,
        StackCanvas canvas,
        IReadOnlyList<LeftOutFrame> leftOut,
        CalibrationReport? calibration,
        long memory,
        StackCheckpoint? checkpoint,
        TimeSpan readTime,
        TimeSpan registerTime,
        IProgress<StackProgress>? progress,
        CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var (frames, reference) = (registered.Frames, registered.Reference);
        List<string> notes = [.. RegistrationNotes.OfFiles(frames), .. calibration?.Notes ?? [], .. registered.Notes];
        var mode = request.Mode;
        if (mode == StackMode.Sum && !StackOutput.HoldsSums(request))
        {
            mode = StackMode.Mean;
            notes.Add("the sum was divided by the number of frames: this format ends where a single frame does");
        }
        if (reference.Frame.Info.Metadata.UnreadSky is { } projection)
            notes.Add($"the world coordinates of the reference ({projection}) were not carried over: those of a plane projection are, with SIP or without");
        var integration = Integration.Decide(request, mode, frames, reference, notes);
        if (mode == StackMode.Max && request.Trails is { FillGaps: true })
            integration = integration with { Gaps = TrailGaps.Of(frames, request.Threads, notes, cancellation) };
        using var model = request.Registration.Drizzle is not null && integration.Rejects ? DrizzleModel.Make(request, checkpoint, integration, frames, canvas, memory, progress, cancellation) : null;
        if (model is not null)
        {
            integration = integration with { Model = model };
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"rejected from the drizzle: samples {integration.DrizzleLimits.Low:0.##} deviations below or {integration.DrizzleLimits.High:0.##} above the frames' resampled stack, and further than it changes from pixel to pixel"));
        }
        var maps = integration.Rejects ? request.RejectionMaps : null;
        var plan = StripPlan.Make(
            request, integration, frames, canvas, MemoryBudget.ForStrips(request.MemoryBytes, memory, StackOutput.BytesFor(request, canvas, frames[0].Frame.Channels), request.Threads));
        if (integration.Normalization == StackNormalization.Local && request.Landscape is null)
            integration = integration with { Local = LocalFit.Of(plan, integration, frames, null, checkpoint, progress, cancellation) };
        else if (request.LooksForUnevenSkies && integration.Normalization == StackNormalization.AdditiveScaling && LocalFit.OfUneven(plan, frames, integration.Fits, reference.Frame) is { } uneven)
        {
            integration = integration with { Local = uneven };
            notes.Add(Evened(frames.Where((_, i) => uneven.Changes(i)).ToArray(), frames.Count));
        }
        var metadata = frames.Select(frame => frame.Frame.Info.Metadata).ToArray();
        var story = StackProduct.Describe(request, integration, metadata, reference.Frame, calibration, notes);
        story = story with { Sky = story.Sky?.On(canvas.Left, canvas.Top, canvas.Scale) };
        using var output = new StackOutput(request, new FrameInfo(plan.Width, plan.Height, plan.Channels, request.Finish.Format, story), maps, request.Landscape is null ? KeptPicture.Open(checkpoint, KeptPart.Result, plan, integration, frames) : null);
        var rejected = request.Landscape is null
            ? Integrator.Run(plan, integration, frames, output, progress, cancellation)
            : LandscapeStack.Run(request, checkpoint, plan, integration, frames, output, notes, progress, cancellation);
        var integrateTime = clock.Elapsed;
        clock.Restart();
        progress?.Report(new StackProgress(0, 1, StackPhase.Write, $"Writing {Path.GetFileName(request.OutputPath)}"));
        var finish = output.Complete(mode == StackMode.Sum ? frames.Count : 1, reference.Frame);
        if (plan.Drizzle is not null && output.HoleShare >= FewHoles)
            notes.Add(string.Create(
                CultureInfo.InvariantCulture, $"{100 * output.HoleShare:0.#} % of the samples got no light and were filled from those around: more dithered frames, larger drops or a smaller scale leave fewer"));
        progress?.Report(new StackProgress(1, 1, StackPhase.Write, $"{Path.GetFileName(request.OutputPath)} written"));
        RejectionCount? total = integration.Rejects ? rejected.Aggregate((sum, count) => sum + count) : null;
        return new StackReport(
            [.. frames.Select((frame, i) => frame.Describe(reference.Frame.Info, request.Alignment, integration, i, rejected))],
            leftOut,
            reference.Frame.Path,
            plan.Width,
            plan.Height,
            plan.Channels,
            StackProduct.TotalExposure(metadata),
            integration.Normalization,
            integration.Weighting,
            integration.Rejection,
            integration.Rejects ? integration.Limits : null,
            total?.LowShare,
            total?.HighShare,
            maps,
            [.. notes, .. finish.Notes],
            readTime,
            registerTime,
            integrateTime,
            clock.Elapsed,
            canvas,
            calibration,
            finish);
    }

    private static string Evened(RegisteredFrame[] uneven, int all) => string.Create(
        CultureInfo.InvariantCulture,
        $"the sky of {uneven.Length} of {all} frames has another shape than that of the others (clouds, glow) and was evened place by place: {string.Join(", ", uneven.Take(3).Select(frame => Path.GetFileName(frame.Frame.Path)))}{(uneven.Length > 3 ? " …" : "")}");

    private static void RefuseFewerThanTwo(int usable, IReadOnlyList<LeftOutFrame> leftOut, StackRequest request)
    {
        if (usable >= 2)
            return;
        var reasons = string.Join("; ", InOrder(leftOut, request).Take(3).Select(frame => $"{Path.GetFileName(frame.Path)}: {frame.Reason}"));
        throw new StackException(
            string.Create(CultureInfo.InvariantCulture, $"{usable} of {request.Inputs.Count} frames can be used, and a stack needs two. Left out: {reasons}"),
            InOrder(leftOut, request));
    }

    private static IReadOnlyList<LeftOutFrame> InOrder(IReadOnlyList<LeftOutFrame> leftOut, StackRequest request)
    {
        var order = request.Inputs.Select((input, index) => (input.Path, index)).DistinctBy(pair => pair.Path).ToDictionary(pair => pair.Path, pair => pair.index);
        return [.. leftOut.OrderBy(frame => order[frame.Path])];
    }
}
