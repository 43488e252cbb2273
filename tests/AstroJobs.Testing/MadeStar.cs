namespace AstroJobs.Testing;

/// <summary>A star of a made sky: where it is on the sky plane, pixels, and its light, sample units × pixels.</summary>
public readonly record struct MadeStar(double X, double Y, double Flux);
