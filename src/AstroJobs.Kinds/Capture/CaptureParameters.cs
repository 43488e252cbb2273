using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Capture;

/// <summary>One frame to take.</summary>
public sealed record CaptureParameters : ShootingParameters;
