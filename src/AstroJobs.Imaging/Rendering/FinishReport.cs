namespace AstroJobs.Imaging.Rendering;

/// <summary>What was done to a result once all frames were in it.</summary>
/// <param name="WhiteBalance">What was done; none where it could not be done as asked, which a note tells.</param>
/// <param name="Balance">What the samples of the result became; null where they stayed.</param>
/// <param name="PreviewBalance">What was done to the preview on top of that; null for nothing.</param>
/// <param name="Notes">What a person should know.</param>
public sealed record FinishReport(WhiteBalance WhiteBalance, ColourBalance? Balance, ColourBalance? PreviewBalance, IReadOnlyList<string> Notes)
{
    /// <summary>A line for the story of the file.</summary>
    internal IEnumerable<string> History() => Balance is null ? [] : [$"white balance: {WhiteBalance.ToString().ToLowerInvariant()}, {Balance}"];
}
