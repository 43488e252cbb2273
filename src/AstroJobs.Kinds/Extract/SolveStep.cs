using AstroJobs.Kinds.Sky.Solving;

namespace AstroJobs.Kinds.Extract;

/// <summary>An attempt and the stars it takes.</summary>
internal sealed record SolveStep(StepStars Stars, SolveAttempt Attempt);
