using AstroJobs.Kinds.Chains;
using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Burst;

/// <summary>output/result.json of a burst.</summary>
/// <param name="Missed">Starts of the interval that passed while a frame was not over.</param>
/// <param name="Failures">Frames that did not come, in spite of a second try.</param>
/// <param name="Then">What follows; empty until the burst is over.</param>
public sealed record BurstResult(
    string Camera, int Requested, int Captured, int Missed, double Seconds, IReadOnlyList<ShotFile> Files, IReadOnlyList<ShotFailure> Failures,
    IReadOnlyList<FollowerOutcome> Then);
