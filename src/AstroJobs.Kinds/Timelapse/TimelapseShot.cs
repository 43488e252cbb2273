using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Timelapse;

/// <summary>The record of one shot.</summary>
/// <param name="Shot">Its number in the schedule, from 1.</param>
/// <param name="Scheduled">When it was due.</param>
/// <param name="Started">When the camera was asked; null for a missed one.</param>
/// <param name="Finished">When that was over.</param>
/// <param name="Files">Their names in the output folder; two for RAW+JPEG.</param>
/// <param name="Error">Of the last try of a failed one.</param>
/// <param name="Reason">Of a missed one.</param>
public sealed record TimelapseShot(
    int Shot,
    DateTimeOffset Scheduled,
    DateTimeOffset? Started,
    DateTimeOffset? Finished,
    ShotStatus Status,
    IReadOnlyList<string> Files,
    JobError? Error,
    MissedReason? Reason)
{
    public IReadOnlyList<string> Files { get; init; } = Files ?? [];

    public static TimelapseShot Missed(int shot, DateTimeOffset scheduled, MissedReason reason) => new(shot, scheduled, null, null, ShotStatus.Missed, [], null, reason);
}
