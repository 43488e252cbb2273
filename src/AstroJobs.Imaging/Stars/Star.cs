namespace AstroJobs.Imaging.Stars;

/// <summary>One star as measured on a frame.</summary>
/// <param name="X">Centre, pixels from the centre of the left column.</param>
/// <param name="Y">Centre, pixels downwards from the centre of the top row.</param>
/// <param name="Flux">Light above the sky, summed over the star; sample units × pixels.</param>
/// <param name="Peak">Brightest pixel above the sky, sample units.</param>
/// <param name="Fwhm">Full width at half maximum of the equal-area Gaussian, pixels.</param>
/// <param name="Eccentricity">√(1 − b²/a²) of the half-maximum ellipse: 0 is round.</param>
/// <param name="Saturated">The core is clipped: the position holds, the flux and width do not.</param>
/// <param name="PositionError">What the noise of the sky makes of X and of Y, one sigma, pixels.</param>
public readonly record struct Star(double X, double Y, double Flux, double Peak, double Fwhm, double Eccentricity, bool Saturated, double PositionError)
{
    /// <summary>Of its light, from the bound on the position of a Gaussian: error = √2·σ/SNR with FWHM = 2.3548·σ.</summary>
    public double SignalToNoise => Math.Sqrt(2) * Fwhm / 2.3548 / PositionError;
}
