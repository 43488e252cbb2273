using AstroJobs.Imaging.Formats;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Trails;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Galleries;
using AstroJobs.Kinds.Pictures;
using AstroJobs.Kinds.Stack.Live;

namespace AstroJobs.Kinds.Stack;

/// <summary>Many frames of one sky laid on each other and made one picture.</summary>
public sealed class StackKind() : JobKind<StackParameters>(static () => StackJson.Default.StackParameters, static () => new())
{
    private const long LeastMemory = 16L << 20;

    public override string Name => "stack";

    public override bool CanResume => true;

    /// <summary>A live stack mostly waits: it takes no slot, lest nothing else run all night.</summary>
    public override IReadOnlyList<string> SlotsFor(StackParameters parameters) => parameters.Live ? [] : ["cpu"];

    public override StackParameters Prepare(StackParameters parameters, SubmitContext context)
    {
        CheckOutputName(parameters.OutputName);
        if (parameters.MemoryBytes is < LeastMemory)
            throw new JobException(ErrorCode.BadInput, FormattableString.Invariant($"A stack cannot do with {parameters.MemoryBytes / (double)(1L << 20):0.##} MiB of memory: 16 MiB is the least."), "Give --memory 16M or more, or leave it out.");
        var limits = RejectionLimitsOf(parameters);
        CheckWeights(parameters);
        RegistrationChoices.Check(parameters);
        _ = TrimChoice.Of(parameters);
        CheckBits(parameters);
        CheckTrails(parameters);
        parameters = LandscapeCheck.Prepare(parameters, context);
        if (parameters.CheckpointEvery < TimeSpan.Zero || parameters.CheckpointEvery > TimeSpan.FromHours(1))
            throw new JobException(ErrorCode.BadInput, FormattableString.Invariant($"What is done cannot be kept every {parameters.CheckpointEvery.TotalSeconds} s: 0 to 3600 s."));
        if (parameters.LiveUntil is not null && !parameters.Live)
            throw new JobException(ErrorCode.BadInput, "Only a live stack ends when no frame comes any more.", "Add --live.");
        parameters = parameters with { Images = Gallery.ImagesFor(parameters.Gallery, parameters.Images, parameters.ListFile is not null || parameters.FromJob is not null, parameters.Live) };
        if (parameters.Live)
            parameters = LiveCheck.Prepare(parameters, context);
        return parameters.Live ? WithMasters(parameters, [], limits, context) : PrepareWhole(parameters, limits, context);
    }

    protected override Task RunAsync(StackParameters parameters, JobContext context) => new StackRun(parameters, context).RunAsync();

    private static StackParameters PrepareWhole(StackParameters parameters, RejectionLimits limits, SubmitContext context)
    {
        var frames = PictureInputs.Resolve(parameters.Images, parameters.ListFile, context.CallerFolder);
        var reference = StackReferenceChoice.Resolve(parameters, frames, context.CallerFolder);
        var from = parameters.FromJob is { } job ? context.WaitFor(job).ToString() : null;
        if (from is null && frames.Count < 2)
            throw new JobException(
                ErrorCode.BadInput,
                frames.Count == 0 ? "There is nothing to stack." : $"There is only one picture to stack, '{frames[0].Path}': a stack needs two.",
                "Give pictures with --image (files, folders, patterns), a list file, or a job that takes frames. A file of many frames (a FITS cube, SER, a film) has to be split first.");
        if (from is null)
            RegistrationChoices.CheckBest(parameters, frames.Count);
        return WithMasters(
            parameters with
            {
                Images = [.. parameters.Images.Select(image => Path.GetFullPath(image, context.CallerFolder))],
                ListFile = parameters.ListFile is { } list ? Path.GetFullPath(list, context.CallerFolder) : null,
                FromJob = from,
                Reference = reference,
            },
            frames,
            limits,
            context);
    }

    private static StackParameters WithMasters(StackParameters parameters, IReadOnlyList<PictureFile> frames, RejectionLimits limits, SubmitContext context)
    {
        var masters = MasterFiles.Resolve(parameters, context.CallerFolder);
        PictureManifest.Write(context.InputFolder, [.. frames.Select(static frame => frame.Path), .. masters?.All ?? []]);
        return parameters with { Frames = frames, Low = limits.Low, High = limits.High, Masters = masters };
    }

    private static RejectionLimits RejectionLimitsOf(StackParameters parameters)
    {
        var rejection = parameters.Rejection;
        if (rejection is not (StackRejection.Auto or StackRejection.None) && parameters.Mode is not (StackMode.Mean or StackMode.Sum))
            throw new JobException(
                ErrorCode.BadInput, $"Samples can be rejected from a mean or a sum, not from a {Word(parameters.Mode)}.", "Leave the rejection out, or stack with mode mean.");
        var usual = RejectionLimits.DefaultFor(rejection);
        var limits = new RejectionLimits(parameters.Low ?? usual.Low, parameters.High ?? usual.High);
        return limits.Problem(rejection) is { } problem ? throw new JobException(ErrorCode.BadInput, $"These limits cannot be used: {problem}.") : limits;
    }

    private static void CheckWeights(StackParameters parameters)
    {
        if (parameters.Weights == StackWeighting.None)
            return;
        if (parameters.Mode is not (StackMode.Mean or StackMode.Sum))
            throw new JobException(ErrorCode.BadInput, $"Frames can be weighed in a mean or a sum, not in a {Word(parameters.Mode)}.", "Leave the weights out, or stack with mode mean.");
        if (parameters is { Align: not StackAlignment.Stars, Weights: StackWeighting.Fwhm or StackWeighting.Stars or StackWeighting.Snr })
            throw new JobException(ErrorCode.BadInput, $"Frames cannot be weighed by {Word(parameters.Weights)} when their stars are not looked for.", "Align by stars, or weigh by noise or exposure.");
    }

    private static void CheckTrails(StackParameters parameters)
    {
        if (!parameters.GapFill && parameters.Fade == TrailFade.None)
            return;
        if (parameters.Mode != StackMode.Max)
            throw new JobException(ErrorCode.BadInput, $"Trails are drawn by mode max, not by a {Word(parameters.Mode)}.", "Add --mode max, or leave --gap-fill and --fade out.");
        if (parameters.GapFill && parameters.Align != StackAlignment.None)
            throw new JobException(ErrorCode.BadInput, "Frames that are aligned by their stars have no trails whose gaps could be filled.", "Add --align none.");
        if (parameters.Live)
            throw new JobException(ErrorCode.BadInput, "Gaps are filled and trails fade when all frames are there.", "Leave --gap-fill and --fade out of the live stack; stack the frames again in the morning with them.");
    }

    private static void CheckBits(StackParameters parameters)
    {
        if (parameters.Bits is null)
            return;
        if (parameters.Bits is not (16 or 32))
            throw new JobException(ErrorCode.BadInput, FormattableString.Invariant($"A sample cannot have {parameters.Bits} bits: 32 (float) or 16 (whole numbers)."));
        var ending = Path.GetExtension(parameters.OutputName).ToLowerInvariant();
        if (ending is ".jpg" or ".jpeg" || (ending == ".png" && parameters.Bits != 16))
            throw new JobException(
                ErrorCode.BadInput, FormattableString.Invariant($"'{parameters.OutputName}' cannot hold {parameters.Bits} bits a sample."), "FITS and TIFF hold 16 or 32; PNG always has 16 and JPEG 8.");
    }

    private static string Word<TChoice>(TChoice choice)
        where TChoice : struct, Enum => choice.ToString().ToLowerInvariant();

    private static void CheckOutputName(string name)
    {
        if (name.Length == 0 || name != Path.GetFileName(name) || name[0] == '.')
            throw new JobException(ErrorCode.BadInput, $"The result cannot be called '{name}': give a file name without a path, such as stack.fits.");
        if (!ImageFile.WritableExtensions.Contains(Path.GetExtension(name).ToLowerInvariant()))
            throw new JobException(ErrorCode.BadInput, $"The result cannot be called '{name}': its ending says the format and must be one of {string.Join(' ', ImageFile.WritableExtensions)}.");
        if (name is StackRun.PreviewName or StackRun.ThumbnailName)
            throw new JobException(ErrorCode.BadInput, $"The result cannot be called '{name}': that is the name of a picture to look at.");
        if (name is StackRun.CoverageName or StackRun.WeightsName)
            throw new JobException(ErrorCode.BadInput, $"The result cannot be called '{name}': that is the name of a map of the frames.");
        if (name is StackRun.RejectionLowName or StackRun.RejectionHighName)
            throw new JobException(ErrorCode.BadInput, $"The result cannot be called '{name}': that is the name of a rejection map.");
    }
}
