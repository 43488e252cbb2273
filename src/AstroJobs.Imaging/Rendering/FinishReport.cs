using AstroJobs.Imaging.Rendering.Background;

namespace AstroJobs.Imaging.Rendering;

/// <summary>What was done to a result once all frames were in it.</summary>
/// <param name="WhiteBalance">What was done; none where it could not be done as asked, which a note tells.</param>
/// <param name="Balance">What the samples of the result became; null where they stayed.</param>
/// <param name="PreviewBalance">What was done to the preview on top of that; null for nothing.</param>
/// <param name="Background">What was taken off the sky; null for nothing.</param>
/// <param name="Notes">What a person should know.</param>
public sealed record FinishReport(WhiteBalance WhiteBalance, ColourBalance? Balance, ColourBalance? PreviewBalance, BackgroundReport? Background, IReadOnlyList<string> Notes)
{
    /// <summary>Lines for the story of the file.</summary>
    internal IEnumerable<string> History()
    {
        if (Background is { } background)
            yield return FormattableString.Invariant($"sky made even: {background.Model.ToString().ToLowerInvariant()}, by {background.Cells - background.LeftOut} of {background.Cells} cells");
        if (Balance is not null)
            yield return $"white balance: {WhiteBalance.ToString().ToLowerInvariant()}, {Balance}";
    }
}
