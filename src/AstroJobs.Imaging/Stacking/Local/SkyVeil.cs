namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>What a frame's clouds take from its stars: in proportion to what they shine.</summary>
/// <param name="Clear">How much brighter than that of the others the sky is where it is clear.</param>
/// <param name="Dimming">As <see cref="StarDimming"/> tells it, from there on; 0 where stars keep their light.</param>
internal readonly record struct SkyVeil(double Clear, double Dimming)
{
    /// <summary>Part of the light that is left.</summary>
    public double LeftAt(double brighter) => 1 - (Dimming * (brighter - Clear));
}
