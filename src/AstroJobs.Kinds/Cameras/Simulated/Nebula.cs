using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>A glow in the sky: an ellipse that fades outwards, torn by noise that belongs to its place. Likeness, not measurement.</summary>
/// <param name="MajorArcmin">Distance along the long axis over which it fades to 0.6 (a Gaussian's sigma); half the size in catalogues, roughly.</param>
/// <param name="AngleDeg">Of the long axis, from north through east.</param>
/// <param name="Magnitude">At its middle: V magnitudes a square arcsecond.</param>
/// <param name="Tearing">0 even … 1 in shreds.</param>
internal sealed record Nebula(
    string Name, double RaDeg, double DecDeg, double MajorArcmin, double MinorArcmin, double AngleDeg, double Magnitude, StarColour Colour, double Tearing)
{
    private const double FadedAt = 3.5; // sigmas: 0.2 % of the middle

    private readonly Wcs _plane = Wcs.Looking(new SkyPosition(RaDeg, DecDeg), 0, 0, 60); // pixels of an arcminute

    public double ReachDeg => FadedAt * MajorArcmin / 60;

    /// <summary>How bright it is at a point of the sky against its middle, 0 … about 1.3.</summary>
    public double At(SkyPosition position)
    {
        if (!_plane.TryToPixel(position, out var west, out var south))
            return 0;
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(AngleDeg));
        var along = ((-south * cos) - (west * sin)) / MajorArcmin;
        var across = ((-south * sin) + (west * cos)) / MinorArcmin;
        var distance = (along * along) + (across * across);
        if (distance > FadedAt * FadedAt)
            return 0;
        // Bending the noise's own coordinates by noise gives wisps instead of blots.
        var seed = (ulong)(RaDeg * 1000);
        var (u, v) = (west / MinorArcmin * 1.3, south / MinorArcmin * 1.3);
        var bend = SmoothNoise.Octaves(u * 0.8, v * 0.8, seed, 2) - 0.5;
        var wisps = SmoothNoise.Octaves(u + (1.6 * bend), v - (1.2 * bend), seed + 100, 5);
        var torn = Math.Clamp((2.6 * wisps) - 0.55, 0, 1.3);
        return Math.Exp(-distance / 2) * (1 - Tearing + (Tearing * torn));
    }
}
