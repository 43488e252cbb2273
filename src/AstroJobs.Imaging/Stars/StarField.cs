namespace AstroJobs.Imaging.Stars;

/// <summary>All that one look at a frame tells: its stars, its sky and how sharp it is.</summary>
public sealed class StarField
{
    private const int ShapeStars = 100;

    internal StarField(int width, int height, IReadOnlyList<Star> stars, double background, double noise, int binning)
    {
        (Width, Height, Stars, Background, Noise, Binning) = (width, height, stars, background, noise, binning);
        Fwhm = MedianOf(star => star.Fwhm);
        Eccentricity = MedianOf(star => star.Eccentricity);
        SignalToNoise = MedianOf(star => star.SignalToNoise);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Brightest first.</summary>
    public IReadOnlyList<Star> Stars { get; }

    /// <summary>Median sky level, sample units.</summary>
    public double Background { get; }

    /// <summary>Noise of one pixel of the sky, sample units.</summary>
    public double Noise { get; }

    /// <summary>1, or how many pixels a side were joined to see faint or defocused stars.</summary>
    public int Binning { get; }

    /// <summary>Median FWHM of the hundred brightest unsaturated stars in pixels; null without stars.</summary>
    public double? Fwhm { get; }

    /// <summary>Median eccentricity of the same stars; null without stars.</summary>
    public double? Eccentricity { get; }

    /// <summary>Median signal to noise of the same stars; null without stars.</summary>
    public double? SignalToNoise { get; }

    private double? MedianOf(Func<Star, double> measure)
    {
        // The faint ones are as many as the threshold lets in, and noise widens them.
        var values = Stars.Where(star => !star.Saturated).Take(ShapeStars).Select(measure).DefaultIfEmpty(double.NaN).Order().ToArray();
        var median = values[values.Length / 2];
        return double.IsNaN(median) ? null : median;
    }
}
