using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Capture;

/// <summary>output/result.json of a capture.</summary>
/// <param name="Files">Two for RAW+JPEG.</param>
public sealed record CaptureResult(string Camera, double Seconds, IReadOnlyList<ShotFile> Files);
