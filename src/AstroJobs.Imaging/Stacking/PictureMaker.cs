using System.Globalization;
using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Rendering;
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

/// <summary>Makes the picture of frames whose places are known: decides what the request leaves open, integrates, writes, and says what was done.</summary>
internal sealed class PictureMaker(StackSession session, PlacedFrames placed, CalibrationReport? calibration)
{
    private const double FewHoles = 0.005; // part of the samples of a drizzle: so few are filled without a word

    private readonly StackRequest _request = session.Request;
    private readonly IReadOnlyList<RegisteredFrame> _frames = placed.Frames;
    private readonly FrameMetadata[] _metadata = [.. placed.Frames.Select(frame => frame.Frame.Info.Metadata)];
    private readonly List<string> _notes = [.. RegistrationNotes.OfFiles(placed.Frames), .. calibration?.Notes ?? [], .. placed.Notes];

    private InspectedFrame Reference => placed.Reference.Frame;

    /// <exception cref="ImageException">The result cannot be written.</exception>
    public StackReport Make()
    {
        var pass = EvenSkies(Plan(Decide()));
        using var model = MakeModel(pass.Integration);
        pass = pass with { Integration = pass.Integration with { Model = model } };
        using var output = Open(pass);
        var rejected = Integrate(pass, output);
        session.EndPhase(StackPhase.Integrate);
        var finish = Write(pass, output);
        session.EndPhase(StackPhase.Write);
        return Report(pass, rejected, finish);
    }

    private Integration Decide()
    {
        var mode = DecideMode();
        if (Reference.Info.Metadata.UnreadSky is { } projection)
            _notes.Add($"the world coordinates of the reference ({projection}) were not carried over: those of a plane projection are, with SIP or without");
        var integration = Integration.Decide(_request, mode, _frames, placed.Reference, _notes);
        return mode == StackMode.Max && _request.Trails is { FillGaps: true }
            ? integration with { Gaps = TrailGaps.Of(_frames, _request.Threads, _notes, session.Cancellation) }
            : integration;
    }

    private StackMode DecideMode()
    {
        if (_request.Mode != StackMode.Sum || StackOutput.HoldsSums(_request))
            return _request.Mode;
        _notes.Add("the sum was divided by the number of frames: this format ends where a single frame does");
        return StackMode.Mean;
    }

    /// <summary>What drizzled samples are compared with; null where none is rejected.</summary>
    private DrizzleModel? MakeModel(Integration integration)
    {
        if (_request.Registration.Drizzle is null || !integration.Rejects)
            return null;
        var model = DrizzleModel.Make(session, DrizzleModel.PassOf(session, integration, _frames, placed.Canvas));
        _notes.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"rejected from the drizzle: samples {integration.DrizzleLimits.Low:0.##} deviations below or {integration.DrizzleLimits.High:0.##} above the frames' resampled stack, and further than it changes from pixel to pixel"));
        return model;
    }

    private StackPass Plan(Integration integration)
    {
        var held = StackOutput.BytesFor(_request, placed.Canvas, _frames[0].Frame.Channels);
        var memory = MemoryBudget.ForStrips(_request.MemoryBytes, session.MemoryBytes, held, _request.Threads);
        return new StackPass(StripPlan.Make(_request, integration, _frames, placed.Canvas, memory), integration, _frames);
    }

    private StackPass EvenSkies(StackPass pass)
    {
        var resampled = pass.Plan.Drizzle is null ? pass : DrizzleModel.PassOf(session, pass.Integration, _frames, placed.Canvas);
        return pass with { Integration = pass.Integration with { Local = FitSkies(resampled) } };
    }

    /// <summary>Null where all skies are left as they are, or are fitted later.</summary>
    private LocalFit? FitSkies(StackPass pass)
    {
        if (pass.Integration.Normalization == StackNormalization.Local && _request.Landscape is null)
            return LocalFit.Of(session, pass, sky: null);
        if (!_request.LooksForUnevenSkies || pass.Integration.Normalization != StackNormalization.AdditiveScaling)
            return null;
        var fit = UnevenSkies.Fit(pass, Reference);
        if (fit is not null)
        {
            string[] names = [.. _frames.Where((_, i) => fit.Changes(i)).Select(frame => Path.GetFileName(frame.Frame.Path))];
            _notes.Add(RegistrationNotes.Told(names, _frames.Count, "under a sky of another shape than that of the others (clouds, glow), which was evened place by place"));
        }
        return fit;
    }

    private StackOutput Open(StackPass pass)
    {
        var (plan, canvas) = (pass.Plan, placed.Canvas);
        var story = StackProduct.Describe(_request, pass.Integration, _metadata, Reference, calibration, _notes);
        story = story with { Sky = story.Sky?.On(canvas.Left, canvas.Top, canvas.Scale) };
        var info = new FrameInfo(plan.Width, plan.Height, plan.Channels, _request.Finish.Format, story);
        var kept = _request.Landscape is null ? KeptPicture.Open(session.Checkpoint, KeptPart.Result, pass) : null;
        return new StackOutput(_request, info, MapsOf(pass.Integration), kept);
    }

    private RejectionMapPaths? MapsOf(Integration integration) => integration.Rejects ? _request.RejectionMaps : null;

    /// <returns>What was rejected of each frame; empty when nothing is.</returns>
    private IReadOnlyList<RejectionCount> Integrate(StackPass pass, StackOutput output) => _request.Landscape is null
        ? Integrator.Run(session, pass, output)
        : LandscapeStack.Run(session, pass, output, _notes);

    private FinishReport Write(StackPass pass, StackOutput output)
    {
        var name = Path.GetFileName(_request.OutputPath);
        session.Tell(StackPhase.Write, 0, 1, $"Writing {name}");
        var finish = output.Complete(pass.Integration.Mode == StackMode.Sum ? _frames.Count : 1, Reference);
        if (pass.Plan.Drizzle is not null && output.HoleShare >= FewHoles)
            _notes.Add(string.Create(
                CultureInfo.InvariantCulture, $"{100 * output.HoleShare:0.#} % of the samples got no light and were filled from those around: more dithered frames, larger drops or a smaller scale leave fewer"));
        session.Tell(StackPhase.Write, 1, 1, $"{name} written");
        return finish;
    }

    private StackReport Report(StackPass pass, IReadOnlyList<RejectionCount> rejected, FinishReport finish) => new()
    {
        Used = [.. _frames.Select((frame, i) => frame.Describe(Reference.Info, _request.Alignment, pass.Integration, i, rejected))],
        LeftOut = session.LeftOut.InOrder(),
        Reference = Reference.Path,
        Width = pass.Plan.Width,
        Height = pass.Plan.Height,
        Channels = pass.Plan.Channels,
        Canvas = placed.Canvas,
        TotalExposure = StackProduct.TotalExposure(_metadata),
        Normalization = pass.Integration.Normalization,
        Weighting = pass.Integration.Weighting,
        Rejection = Describe(pass.Integration, rejected),
        Calibration = calibration,
        Finish = finish,
        Notes = [.. _notes, .. finish.Notes],
        Times = session.Times,
    };

    private RejectionReport Describe(Integration integration, IReadOnlyList<RejectionCount> rejected)
    {
        if (!integration.Rejects)
            return RejectionReport.None;
        var total = rejected.Aggregate((sum, count) => sum + count);
        return new RejectionReport(integration.Rejection, integration.Limits, total.LowShare, total.HighShare, MapsOf(integration));
    }
}
