using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Rendering.Background;

namespace AstroJobs.Kinds.Stack;

/// <summary>What was done to the picture once all frames were in it, in result.json.</summary>
/// <param name="WhiteBalance">What was done; none where it could not be done as asked, which a note tells.</param>
/// <param name="Balance">What its samples became; null where they stayed.</param>
/// <param name="PreviewBalance">What was done to the preview on top of that; null for nothing.</param>
/// <param name="Background">What was taken off its sky; null for nothing.</param>
public sealed record StackResultFinish(WhiteBalance WhiteBalance, StackResultFinish.Colours? Balance, StackResultFinish.Colours? PreviewBalance, StackResultFinish.Sky? Background)
{
    internal static StackResultFinish Of(FinishReport report) => new(report.WhiteBalance, Colours.Of(report.Balance), Colours.Of(report.PreviewBalance), Sky.Of(report.Background));

    /// <summary>A sample x of red, green or blue became factor · x + offset.</summary>
    public sealed record Colours(IReadOnlyList<double> Factors, IReadOnlyList<double> Offsets)
    {
        internal static Colours? Of(ColourBalance? balance) => balance is null ? null : new(
            [.. balance.Factors.Select(static factor => Math.Round(factor, 5))], [.. balance.Offsets.Select(static offset => Math.Round(offset, 8))]);
    }

    /// <param name="Cells">Squares in which the sky was measured.</param>
    /// <param name="LeftOut">Those with a nebula or something else that is no sky.</param>
    /// <param name="Range">The greatest minus the least of what was taken off, 0 … 1 of the sample range, one a channel.</param>
    public sealed record Sky(BackgroundModel Model, int Cells, int LeftOut, IReadOnlyList<double> Range)
    {
        internal static Sky? Of(BackgroundReport? report) =>
            report is null ? null : new(report.Model, report.Cells, report.LeftOut, [.. report.Range.Select(static range => Math.Round(range, 7))]);
    }
}
