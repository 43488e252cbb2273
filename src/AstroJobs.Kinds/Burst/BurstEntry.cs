using AstroJobs.Kinds.Shooting;

namespace AstroJobs.Kinds.Burst;

/// <summary>A line of the journal: a frame that is over, and the files it became, or why it did not come.</summary>
/// <param name="Frame">Its number, from 1.</param>
public sealed record BurstEntry(int Frame, IReadOnlyList<ShotFile> Files, ShotFailure? Failure);
