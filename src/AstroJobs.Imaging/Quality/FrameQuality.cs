namespace AstroJobs.Imaging.Quality;

/// <summary>How good a frame is, in figures. Null where it was not measured: without alignment by stars no stars are looked for.</summary>
public sealed record FrameQuality
{
    /// <summary>Stars found on it.</summary>
    public int? Stars { get; init; }

    /// <summary>Median width of its stars at half their height, pixels.</summary>
    public double? Fwhm { get; init; }

    /// <summary>√(1 − b²/a²) of the median star: 0 is round.</summary>
    public double? Eccentricity { get; init; }

    /// <summary>b/a of the median star: 1 is round.</summary>
    public double? Roundness => Eccentricity is { } e ? Math.Sqrt(Math.Max(0, 1 - (e * e))) : null;

    /// <summary>Median sky level, sample units.</summary>
    public double? Background { get; init; }

    /// <summary>Of one pixel of the sky, sample units.</summary>
    public double? Noise { get; init; }

    /// <summary>Median signal to noise of its hundred brightest stars that are not saturated.</summary>
    public double? SignalToNoise { get; init; }

    /// <summary>Light of its stars against that of the same stars on the median frame, exposure allowed for: less than 1 is cloud, haze or dew.</summary>
    public double? Transparency { get; init; }

    /// <summary>Part of the reference's hundred brightest stars that should be on the frame and were not found, 0 … 1.</summary>
    public double? MissingStars { get; init; }

    /// <summary>Root mean square distance of its stars from the reference's, pixels.</summary>
    public double? RmsPixels { get; init; }

    /// <summary>Strength of fine detail against the picture's brightness; without stars, of the Moon and planets.</summary>
    public double? Sharpness { get; init; }
}
