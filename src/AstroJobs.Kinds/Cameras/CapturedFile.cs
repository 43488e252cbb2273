namespace AstroJobs.Kinds.Cameras;

/// <summary>A file that an exposure became.</summary>
/// <param name="TakenAt">UTC start of the exposure.</param>
/// <param name="Exposure">Null where the camera chose it and did not say.</param>
public sealed record CapturedFile(string Path, DateTimeOffset TakenAt, TimeSpan? Exposure);
