using AstroJobs.Kinds.Sky.Solving;

namespace AstroJobs.Kinds.Extract;

/// <summary>How the attempts to solve went.</summary>
/// <param name="Solution">Null when none did.</param>
/// <param name="TimedOut">Attempts were left when the time was over.</param>
internal sealed record SolveReport(string Solver, PlateSolution? Solution, IReadOnlyList<TriedStep> Tried, double Seconds, bool TimedOut);
