using AstroJobs.Imaging.Stacking;
using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Stack;

/// <summary>What can be known to be wrong with a landscape at submit.</summary>
internal static class LandscapeCheck
{
    private const int WidestFeather = 1000;

    public static StackParameters Prepare(StackParameters parameters, SubmitContext context)
    {
        if (!parameters.Foreground)
            return parameters.Mask is null ? parameters : throw Wrong("A mask joins sky and ground.", "Add --foreground.");
        if (parameters.Mode is not (StackMode.Mean or StackMode.Median))
            throw Wrong($"Sky and ground are joined of means or medians, not of a {parameters.Mode.ToString().ToLowerInvariant()}.", "Leave --foreground out, or stack with mode mean or median.");
        if (parameters is not { Align: StackAlignment.Stars, Framing: StackFraming.Reference, Comet: null, Drizzle: null, CoverageMap: false, RejectionMaps: false, Live: false })
            throw Wrong("A landscape keeps the frame of its reference and is aligned by stars, all frames at once.", "Leave --align, --framing, --comet, --drizzle, --coverage-map, --rejection-maps and --live out.");
        if (parameters.Feather is < 0 or > WidestFeather)
            throw Wrong(FormattableString.Invariant($"Sky and ground cannot be joined over {parameters.Feather} pixels: 0 to {WidestFeather}."), "12 is usual.");
        var mask = parameters.Mask is { } path ? Path.GetFullPath(path, context.CallerFolder) : null;
        return mask is null || File.Exists(mask) ? parameters with { Mask = mask } : throw new JobException(ErrorCode.ImageNotFound, $"There is no mask '{mask}'.");
    }

    private static JobException Wrong(string message, string hint) => new(ErrorCode.BadInput, message, hint);
}
