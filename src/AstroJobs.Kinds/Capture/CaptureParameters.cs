using AstroJobs.Kinds.Chains;
using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Capture;

/// <summary>One frame to take.</summary>
public sealed record CaptureParameters : ShootingParameters
{
    /// <summary>What is made of the frame when it is there.</summary>
    public IReadOnlyList<Follower> Then { get; init => field = value ?? []; } = [];
}
