using AstroJobs.Kinds.Chains;
using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Burst;

/// <summary>A series of frames to take.</summary>
public sealed record BurstParameters : ShootingParameters
{
    /// <summary>How many frames, 1 … 100000. Default 10.</summary>
    public int Count { get; init; } = 10;

    /// <summary>From the start of one frame to the start of the next, 0 … a day; a frame that is not over then lets that start pass. Default 0: one after the other.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>The burst ends in error when more frames than this have failed; null: only when none has come.</summary>
    public int? MaxFailures { get; init; }

    /// <summary>What is made of the frames when the burst is over.</summary>
    public IReadOnlyList<Follower> Then { get; init => field = value ?? []; } = [];
}
