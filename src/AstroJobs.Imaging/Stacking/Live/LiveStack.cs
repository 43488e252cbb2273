using System.Diagnostics;
using System.Globalization;
using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Output;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Live;

/// <summary>
/// A stack that grows frame by frame: each is laid on the first one that could be used and added to a running mean, and the picture can be written at any time.
/// What is kept now and then (the request's checkpoint) lets another run go on; frames that came after it are added again by their files.
/// </summary>
public sealed class LiveStack : IDisposable
{
    // Of white noise, half a pixel off in both directions, where Lanczos-4 smooths most: Σw² of its eight weights, once for each direction, and the root of both.
    private const double LeftByLanczos = 0.8286;

    private readonly StackRequest _request;
    private readonly StackSession _masters;
    private readonly Calibrator _calibrator;
    private readonly LiveCheckpoint _checkpoint;
    private readonly long _memory;
    private readonly List<LiveFrame> _frames = [];
    private readonly List<LeftOutFrame> _leftOut = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private InspectedFrame? _reference;
    private LivePixels? _pixels;

    /// <param name="request">With a checkpoint; its inputs do not matter.</param>
    /// <exception cref="StackException">A master cannot be made.</exception>
    public LiveStack(StackRequest request, CancellationToken cancellation)
    {
        (_request, _checkpoint, _memory) = (request, new LiveCheckpoint(request), request.MemoryBytes ?? MemoryBudget.Default());
        _masters = new StackSession(request, _memory, new ScratchFile(Path.Combine(request.WorkFolder, "masters.scratch"))) { Cancellation = cancellation };
        _calibrator = new Calibrator(request.Calibration, new MasterMaker(_masters));
        if (_checkpoint.Restore() is var (state, reference))
            GoOnFrom(state, reference);
    }

    public int Added => _frames.Count;

    public int LeftOut => _leftOut.Count;

    private bool Rejects => _request.Mode == StackMode.Mean && _request.Rejection != StackRejection.None;

    private RejectionLimits Limits => _request.RejectionLimits ?? RejectionLimits.DefaultFor(StackRejection.Sigma);

    private StackNormalization Normalization => _request.Normalization != StackNormalization.Auto ? _request.Normalization
        : _request.Mode == StackMode.Mean ? StackNormalization.AdditiveScaling : StackNormalization.None;

    /// <summary>Whether this file was added or left out already.</summary>
    public bool Knows(string path) => _frames.Exists(frame => frame.Frame.Path == path) || _leftOut.Exists(frame => frame.Path == path);

    /// <summary>Takes one frame in. Cancelled or failed, the picture is what it was.</summary>
    public LiveOutcome Add(StackInput input, CancellationToken cancellation)
    {
        using var session = SessionOf(input, cancellation);
        if (new FrameInspector(session, _calibrator).InspectAll() is not [var frame])
            return new LiveOutcome(session.LeftOut.InOrder()[0].Reason, IsUnreadable: true, 0);
        using (frame.Store)
        {
            try
            {
                return Register(session, frame, out var registered) is { } reason ? LeaveOut(frame, reason) : Take(session, registered!);
            }
            catch (ImageException exception)
            {
                return new LiveOutcome(exception.Message, IsUnreadable: true, 0); // it went while it was read
            }
        }
    }

    /// <summary>It will not be tried again.</summary>
    public void GiveUp(string path, string reason) => _leftOut.Add(new LeftOutFrame(path, reason));

    /// <summary>Writes the picture and its preview as they are now, in one step each.</summary>
    /// <exception cref="ImageException">They cannot be written.</exception>
    public StackReport Publish()
    {
        var watch = Stopwatch.StartNew();
        var reference = _reference ?? throw new InvalidOperationException("No frame has come.");
        var notes = new List<string> { "stacked live, frame by frame: samples are compared with the mean of those before them" };
        var story = StackProduct.Describe(_request, Decision(reference, reference), [.. _frames.Select(frame => frame.Metadata)], reference, _calibrator.Report(), notes);
        var info = new FrameInfo(reference.Info.Width, reference.Info.Height, reference.Channels, _request.Finish.Format, story);
        using var output = new StackOutput(_request, info, null, null);
        _pixels!.WriteTo(output, NoiseOf(reference));
        var finish = output.Complete(1, reference);
        return Report(reference, [.. notes, .. finish.Notes], finish, watch.Elapsed);
    }

    /// <summary>Keeps all for a run that goes on, if the time has come.</summary>
    public void KeepNowAndThen()
    {
        if (_frames.Count > 0 && _checkpoint.IsDue)
            _checkpoint.Keep(_reference!, _frames, _leftOut);
    }

    public void Dispose()
    {
        _calibrator.Dispose();
        _masters.Dispose();
    }

    /// <summary>For one frame, which is laid on the first.</summary>
    private StackSession SessionOf(StackInput input, CancellationToken cancellation)
    {
        var request = _request with { Inputs = [input], Registration = _request.Registration with { Reference = _reference?.Path } };
        return new StackSession(request, _memory, new ScratchFile(Path.Combine(_request.WorkFolder, "frame.scratch"))) { Cancellation = cancellation };
    }

    private LiveOutcome LeaveOut(InspectedFrame frame, string reason)
    {
        _leftOut.Add(new LeftOutFrame(frame.Path, reason));
        return new LiveOutcome(reason, IsUnreadable: false, frame.Field.Stars.Count);
    }

    /// <returns>Why it cannot be laid on the first frame; null when it can.</returns>
    private string? Register(StackSession session, InspectedFrame frame, out RegisteredFrame? registered)
    {
        registered = null;
        if (_reference is null)
        {
            if (_request.Alignment == StackAlignment.Stars && frame.Field.Stars.Count < StarRegistrar.FewestStars)
                return string.Create(CultureInfo.InvariantCulture, $"only {frame.Field.Stars.Count} stars are seen on it: too few to lay others on it");
            registered = new RegisteredFrame(frame, FrameMap.Identity, 0, frame.Field.Stars.Count);
            return null;
        }
        LeftOutFrame? left = null;
        try
        {
            var frames = new FrameRegistrar(session) { ReadsPixels = false }.Register([_reference, frame], leftOut => left = leftOut).Frames;
            registered = frames.FirstOrDefault(candidate => candidate.Frame == frame);
        }
        catch (StackException exception)
        {
            return exception.Message;
        }
        return registered is null ? left?.Reason ?? "it cannot be registered" : null;
    }

    private LiveOutcome Take(StackSession session, RegisteredFrame registered)
    {
        var frame = registered.Frame;
        var reference = _reference ?? frame;
        var integration = Decision(frame, reference);
        var plan = StripPlan.Make(_request, integration, [registered], CanvasOf(reference), _memory);
        using var laid = new ScratchPicture(_checkpoint.LaidPath, plan.Width, plan.Height, keep: false);
        Integrator.Run(session, new StackPass(plan, integration, [registered]), new PictureSink(laid));
        session.Cancellation.ThrowIfCancellationRequested();
        if (_reference is null)
            Begin(frame);
        // From here on nothing is given up half done.
        var rejected = _pixels!.Add(laid, NoiseOf(reference), isFirst: _frames.Count == 0);
        var described = registered.Describe(reference.Info, _request.Alignment, integration, 0, Rejects ? [rejected] : []);
        _frames.Add(new LiveFrame(described, frame.Info.Metadata with { History = [] }));
        return new LiveOutcome(null, IsUnreadable: false, frame.Field.Stars.Count);
    }

    private void Begin(InspectedFrame reference)
    {
        _reference = reference;
        _pixels = PixelsOf(reference);
        _checkpoint.KeepReference(reference);
    }

    private void GoOnFrom(LiveState state, InspectedFrame reference)
    {
        (_reference, _pixels) = (reference, PixelsOf(reference));
        _frames.AddRange(state.Frames);
        _leftOut.AddRange(state.LeftOut);
    }

    private LivePixels PixelsOf(InspectedFrame reference) => new(
        _checkpoint.PixelsPath, reference.Info.Width, reference.Info.Height, reference.Channels, Rejects, _request.Mode == StackMode.Max, Limits);

    private Integration Decision(InspectedFrame frame, InspectedFrame reference)
    {
        var fit = Normalizer.Fits(Normalization, frame, reference, tellsSaturated: false);
        return new Integration(_request.Mode, 1)
        {
            Normalization = Normalization,
            Fits = fit.All(channel => channel == SampleFit.None) ? [] : [fit],
        };
    }

    /// <summary>The least that a laid frame's sky scatters.</summary>
    private static float NoiseOf(InspectedFrame reference) => (float)(LeftByLanczos * reference.ChannelNoise);

    private StackReport Report(InspectedFrame reference, IReadOnlyList<string> notes, FinishReport finish, TimeSpan writing)
    {
        StackedFrame[] used = [.. _frames.Select(frame => frame.Frame)];
        return new StackReport
        {
            Used = used,
            LeftOut = _leftOut,
            Reference = reference.Path,
            Width = reference.Info.Width,
            Height = reference.Info.Height,
            Channels = reference.Channels,
            Canvas = CanvasOf(reference),
            TotalExposure = StackProduct.TotalExposure([.. _frames.Select(frame => frame.Metadata)]),
            Normalization = Normalization,
            Weighting = StackWeighting.None,
            Rejection = Rejects
                ? new RejectionReport(StackRejection.Sigma, Limits, used.Average(frame => frame.RejectedLow ?? 0), used.Average(frame => frame.RejectedHigh ?? 0), null)
                : RejectionReport.None,
            Calibration = _calibrator.Report(),
            Finish = finish,
            Notes = notes,
            Times = new StackTimes(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, _clock.Elapsed, writing),
        };
    }

    private static StackCanvas CanvasOf(InspectedFrame reference) => new(0, 0, reference.Info.Width, reference.Info.Height);
}
