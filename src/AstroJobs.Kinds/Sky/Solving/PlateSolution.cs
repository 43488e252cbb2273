namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>Where a picture lies, as a solver says.</summary>
/// <param name="Index">The index file that matched; null where the solver does not say.</param>
/// <param name="LogOdds">Natural logarithm of the odds that the match is no accident.</param>
/// <param name="Matches">Stars of the index that lie on stars of the picture.</param>
public sealed record PlateSolution(Wcs Wcs, string? Index = null, double? LogOdds = null, int? Matches = null);
