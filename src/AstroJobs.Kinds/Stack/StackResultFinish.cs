using AstroJobs.Imaging.Rendering;

namespace AstroJobs.Kinds.Stack;

/// <summary>What was done to the picture once all frames were in it, in result.json.</summary>
/// <param name="WhiteBalance">What was done; none where it could not be done as asked, which a note tells.</param>
/// <param name="Balance">What its samples became; null where they stayed.</param>
/// <param name="PreviewBalance">What was done to the preview on top of that; null for nothing.</param>
public sealed record StackResultFinish(WhiteBalance WhiteBalance, StackResultFinish.Colours? Balance, StackResultFinish.Colours? PreviewBalance)
{
    internal static StackResultFinish Of(FinishReport? report) => new(report?.WhiteBalance ?? WhiteBalance.None, Colours.Of(report?.Balance), Colours.Of(report?.PreviewBalance));

    /// <summary>A sample x of red, green or blue became factor · x + offset.</summary>
    public sealed record Colours(IReadOnlyList<double> Factors, IReadOnlyList<double> Offsets)
    {
        internal static Colours? Of(ColourBalance? balance) => balance is null ? null : new(
            [.. balance.Factors.Select(static factor => Math.Round(factor, 5))], [.. balance.Offsets.Select(static offset => Math.Round(offset, 8))]);
    }
}
