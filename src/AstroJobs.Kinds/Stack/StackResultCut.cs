using AstroJobs.Imaging.Stacking;

namespace AstroJobs.Kinds.Stack;

/// <summary>What a picture was cut from, in result.json.</summary>
/// <param name="LeastFrames">So many frames, or more, show each pixel that is left.</param>
/// <param name="FromWidth">Of the picture before, in pixels of the reference.</param>
public sealed record StackResultCut(int LeastFrames, int FromWidth, int FromHeight)
{
    internal static StackResultCut? Of(CanvasCut? cut) => cut is null ? null : new StackResultCut(cut.LeastFrames, cut.Width, cut.Height);
}
