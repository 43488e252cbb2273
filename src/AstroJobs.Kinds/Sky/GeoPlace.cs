namespace AstroJobs.Kinds.Sky;

/// <summary>A place on Earth: degrees, north and east positive.</summary>
public readonly record struct GeoPlace(double LatitudeDeg, double LongitudeDeg);
