using AstroJobs.Imaging.Quality;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;
using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Stack;

/// <summary>What the parameters say about registration, read and checked.</summary>
internal static class RegistrationChoices
{
    /// <param name="inputs">Paths of all that is to be stacked.</param>
    /// <exception cref="JobException"><c>bad_input</c>: something is not understood, or the reference is not among the inputs.</exception>
    public static RegistrationRequest Of(StackParameters parameters, IReadOnlyList<string> inputs) => new()
    {
        Reference = StackReferenceChoice.Find(parameters.Reference, inputs),
        Transform = parameters.Transform,
        RejectFrames = Criteria(parameters.RejectFrames),
        Best = Best(parameters.Best),
        Framing = parameters.Framing,
        CropShare = parameters.Autocrop ? parameters.CropCoverage / 100 : null,
        Comet = Comet(parameters.Comet),
        Kernel = parameters.Resample,
        Drizzle = parameters.Drizzle is { } scale ? new DrizzleRequest(scale, parameters.PixelFraction) : null,
    };

    /// <summary>At submit: nothing is said that cannot be done.</summary>
    /// <exception cref="JobException"><c>bad_input</c>: what, and what to do instead.</exception>
    public static void Check(StackParameters parameters)
    {
        var criteria = Criteria(parameters.RejectFrames);
        var best = Best(parameters.Best);
        var comet = Comet(parameters.Comet);
        CheckDrizzle(parameters);
        CheckCrop(parameters);
        if (criteria is { NeedSurface: true } && parameters.Align != StackAlignment.Surface)
            throw new JobException(ErrorCode.BadInput, "The sharpness of a picture is measured where frames are aligned by it.", "Align by surface, or choose by fwhm.");
        if (parameters.Align == StackAlignment.Stars)
            return;
        if (parameters.Align == StackAlignment.Surface && parameters.Transform is not (TransformModel.Auto or TransformModel.Shift or TransformModel.Similarity))
            throw new JobException(ErrorCode.BadInput, $"Pictures aligned as a whole are shifted and turned only: no {parameters.Transform.ToString().ToLowerInvariant()} can be found.", "Leave --transform out, or align by stars.");
        if (criteria is { NeedStars: true } || (best is not null && parameters.Align == StackAlignment.None))
            throw new JobException(
                ErrorCode.BadInput, "Frames cannot be chosen by their stars when these are not looked for.", "Align by stars, or leave --best and criteria of stars out; background and noise are measured in any case.");
        if (comet is not null)
            throw new JobException(ErrorCode.BadInput, "A comet is followed over the stars, and stars are not looked for.", "Align by stars.");
    }

    /// <summary>At submit, where it is known how many frames there will be at the most.</summary>
    /// <exception cref="JobException"><c>bad_input</c>: the best of them are too few for a stack.</exception>
    public static void CheckBest(StackParameters parameters, int frames)
    {
        if (Best(parameters.Best) is { } best && best.Of(frames) < 2)
            throw new JobException(
                ErrorCode.BadInput,
                $"The best {best} of {frames} frames is a single one: a stack needs two.",
                FormattableString.Invariant($"Give --best {Math.Ceiling(BestShare.PercentFor(2, frames))}% or more, or --best 2, or leave it out."));
    }

    private static void CheckCrop(StackParameters parameters)
    {
        if (parameters.CropCoverage is not (> 0 and <= 100))
            throw new JobException(ErrorCode.BadInput, FormattableString.Invariant($"A picture cannot be cut to where {parameters.CropCoverage} % of the frames lie."), "Give --crop-coverage above 0 and up to 100; 80 is usual.");
        if (!parameters.Autocrop)
        {
            if (parameters.CropCoverage != new StackParameters().CropCoverage)
                throw new JobException(ErrorCode.BadInput, "--crop-coverage says how many frames are enough, and nothing is cut.", "Give --autocrop too.");
            return;
        }
        if (parameters.Live)
            throw new JobException(ErrorCode.BadInput, "A live stack cannot be cut to where its frames lie: they are not there yet.", "Leave --autocrop out, and stack the frames again in the morning with it.");
        if (parameters.Foreground)
            throw new JobException(ErrorCode.BadInput, "A landscape keeps the whole frame of its reference.", "Leave --autocrop out.");
    }

    private static void CheckDrizzle(StackParameters parameters)
    {
        if (parameters.Drizzle is not { } scale)
        {
            if (parameters.PixelFraction != 1)
                throw Refused("--pixfrac says how small the drops of a drizzled frame are, and nothing is drizzled", "Give --drizzle too.");
            return;
        }
        if (!(scale >= 1 && scale <= 3))
            throw Refused(FormattableString.Invariant($"frames cannot be drizzled to a scale of {scale}"), "Give 1 to 3, such as 2.");
        if (!(parameters.PixelFraction >= 0.1 && parameters.PixelFraction <= 1))
            throw Refused(FormattableString.Invariant($"drops cannot have {parameters.PixelFraction} of a pixel's side"), "Give --pixfrac 0.1 to 1.");
        if (parameters.Mode is not (StackMode.Mean or StackMode.Sum))
            throw Refused($"drizzled frames make a mean or a sum, not a {parameters.Mode.ToString().ToLowerInvariant()}", "Leave the mode out, or do not drizzle.");
        if (parameters.Resample != ResamplingKernel.Lanczos4)
            throw Refused("drizzled frames are not resampled", "Give --drizzle or --resample, not both.");
        if (parameters.CoverageMap)
            throw Refused("of drizzled frames weights.fits tells how many show each pixel", "Leave --coverage-map out.");

        static JobException Refused(string what, string hint) => new(ErrorCode.BadInput, $"This cannot be done: {what}.", hint);
    }

    private static FrameCriteria? Criteria(string? text)
    {
        if (text is null)
            return null;
        return FrameCriteria.TryParse(text, out var problem) ?? throw new JobException(ErrorCode.BadInput, $"--reject-frames is not understood: {problem}");
    }

    private static BestShare? Best(string? text)
    {
        if (text is null)
            return null;
        return BestShare.TryParse(text) is { } share && share is not { IsPercent: false, Value: < 2 }
            ? share
            : throw new JobException(ErrorCode.BadInput, $"'{text}' is not how many of the best frames to take: write a part such as 80% (more than 0, at most 100), or a number such as 40 (at least 2).");
    }

    private static CometMotion? Comet(string? text)
    {
        if (text is null)
            return null;
        return CometMotion.TryParse(text, out var problem) ?? throw new JobException(ErrorCode.BadInput, $"--comet is not understood: {problem}.");
    }
}
