namespace AstroJobs.Kinds.Extract;

/// <summary>One attempt to solve, as results list it.</summary>
/// <param name="Assuming">What it took as known, for people.</param>
public sealed record TriedStep(string Assuming, double Seconds, bool Solved);
