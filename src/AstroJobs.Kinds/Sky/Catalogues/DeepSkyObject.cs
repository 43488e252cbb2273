namespace AstroJobs.Kinds.Sky.Catalogues;

/// <summary>A galaxy, nebula or cluster.</summary>
/// <param name="Designations">The best known first: M 42, NGC 1976.</param>
/// <param name="Name">Null for one without.</param>
/// <param name="Magnitude">Visual, of all its light; null where nobody measured it.</param>
/// <param name="SizeArcmin">Its longer side.</param>
public sealed record DeepSkyObject(IReadOnlyList<string> Designations, string? Name, string Type, SkyPosition Position, double? Magnitude, double? SizeArcmin)
{
    /// <summary>Whether it is in Messier's or Caldwell's list.</summary>
    public bool IsShowpiece => Designations[0] is ['M' or 'C', ' ', ..];
}
