namespace AstroJobs.Imaging.Stacking;

/// <summary>Where the rejection maps go: samples are counts of frames.</summary>
/// <param name="Low">Frames that were too dark.</param>
/// <param name="High">Frames that were too bright.</param>
public sealed record RejectionMapPaths(string Low, string High);
