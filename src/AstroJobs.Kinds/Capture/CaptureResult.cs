using AstroJobs.Kinds.Chains;
using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Capture;

/// <summary>output/result.json of a capture.</summary>
/// <param name="Files">Two for RAW+JPEG.</param>
/// <param name="Then">What follows.</param>
public sealed record CaptureResult(string Camera, double Seconds, IReadOnlyList<ShotFile> Files, IReadOnlyList<FollowerOutcome> Then);
