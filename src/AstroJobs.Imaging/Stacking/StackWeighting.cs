namespace AstroJobs.Imaging.Stacking;

/// <summary>How much a frame counts in the mean or sum.</summary>
public enum StackWeighting
{
    /// <summary>All the same.</summary>
    None,

    /// <summary>By the inverse square of its noise after normalization: the least noise in the result.</summary>
    Noise,

    /// <summary>By the inverse square of the width of its stars: the best signal to noise of point sources under a given sky.</summary>
    Fwhm,

    /// <summary>By its stars to the power 4/3: star counts rise by 10^0.6 a magnitude, so this is the square of the signal to noise that they tell of. Clouds count little.</summary>
    Stars,

    /// <summary>
    /// By light over noise squared after normalization, t/(k·σ²) with the light t of its stars against the reference's: the best signal to noise of
    /// the result where clouds or height take light away.
    /// </summary>
    Snr,

    /// <summary>By its exposure.</summary>
    Exposure,
}
