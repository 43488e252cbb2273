using AstroJobs.Imaging.Quality;

namespace AstroJobs.Imaging.Stacking;

/// <summary>An input that has no part in the result.</summary>
/// <param name="Reason">In words and figures, for a person.</param>
public sealed record LeftOutFrame(string Path, string Reason)
{
    /// <summary>Its figures; null for what was not measured because it could not be read or registered.</summary>
    public FrameQuality? Quality { get; init; }
}
