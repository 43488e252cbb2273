namespace AstroJobs.Kinds.Video;

/// <summary>A picture that is not in the video, and why.</summary>
public sealed record VideoLeftOut(string Path, string Reason);
