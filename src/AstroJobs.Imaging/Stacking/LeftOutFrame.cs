namespace AstroJobs.Imaging.Stacking;

/// <summary>An input that has no part in the result.</summary>
/// <param name="Reason">In words and figures, for a person.</param>
public sealed record LeftOutFrame(string Path, string Reason);
