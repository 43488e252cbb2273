using AstroJobs.Jobs;
using AstroJobs.Kinds.Cameras;

namespace AstroJobs.Kinds.Shooting;

/// <summary>What became of a frame.</summary>
/// <param name="Files">Empty where it failed.</param>
/// <param name="Failure">Why the last try failed; null where it came.</param>
internal sealed record TakenFrame(IReadOnlyList<CapturedFile> Files, JobException? Failure);
