namespace AstroJobs.Kinds.Extract;

/// <summary>An object as astro_extract listed it.</summary>
/// <param name="Raw">All its names: "NGC 1976 / Orion Nebula".</param>
public sealed record NamedObject(string Raw, string Name, string? Catalog, string? Id, double RaDeg, double DecDeg, double SepArcmin);
