using AstroJobs.Imaging.Quality;
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
        Comet = Comet(parameters.Comet),
        Kernel = parameters.Resample,
    };

    /// <summary>At submit: nothing is said that cannot be done.</summary>
    /// <exception cref="JobException"><c>bad_input</c>: what, and what to do instead.</exception>
    public static void Check(StackParameters parameters)
    {
        var criteria = Criteria(parameters.RejectFrames);
        var best = Best(parameters.Best);
        var comet = Comet(parameters.Comet);
        if (parameters.Align == StackAlignment.Stars)
            return;
        if (criteria is { NeedStars: true } || best is not null)
            throw new JobException(
                ErrorCode.BadInput, "Frames cannot be chosen by their stars when these are not looked for.", "Align by stars, or leave --best and criteria of stars out; background and noise are measured in any case.");
        if (comet is not null)
            throw new JobException(ErrorCode.BadInput, "A comet is followed over the stars, and stars are not looked for.", "Align by stars.");
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
        return BestShare.TryParse(text) ?? throw new JobException(ErrorCode.BadInput, $"'{text}' is not how many of the best frames to take: write a part such as 80% (more than 0, at most 100), or a number such as 40.");
    }

    private static CometMotion? Comet(string? text)
    {
        if (text is null)
            return null;
        return CometMotion.TryParse(text, out var problem) ?? throw new JobException(ErrorCode.BadInput, $"--comet is not understood: {problem}.");
    }
}
