namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Keeps dark rings round bright stars out of resampled frames: where a pixel lies below its nearest samples by more than noise makes likely, the straight line between them stands instead.
/// </summary>
/// <param name="Noise">How far below its nearest samples noise alone may take a pixel, sample units.</param>
/// <param name="SparesLonePixels">
/// A hot pixel keeps its ring: in a mean that rejects nothing its negative lobes take back what its main lobe has too much, and without them it would count 1.5 to 1.8 times.
/// Lone is one of the inner taps that stands out of all others by more than <see cref="LonePart"/> allows; of an outer one it is not seen whether it goes on.
/// </param>
internal readonly record struct RingGuard(float Noise, bool SparesLonePixels = false)
{
    /// <summary>What the next brightest sample in reach has of the brightest, above the sky, if that is no star; of one as narrow as 1.2 pixels it has more.</summary>
    public const float LonePart = 0.125f;
}
