using AstroJobs.Kinds.Chains;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>output/result.json of a series.</summary>
/// <param name="Planned">Shots of the whole schedule.</param>
/// <param name="Seconds">How long all attempts together ran.</param>
/// <param name="Files">The pictures, for who goes on with them.</param>
/// <param name="Shots">Every shot that is over, in order.</param>
/// <param name="Then">What follows; empty until the series is over.</param>
public sealed record TimelapseResult(
    string Camera,
    TimelapseMode Mode,
    int Planned,
    int Taken,
    int Failed,
    int Missed,
    double Seconds,
    IReadOnlyList<TimelapseFile> Files,
    IReadOnlyList<TimelapseShot> Shots,
    IReadOnlyList<FollowerOutcome> Then);
