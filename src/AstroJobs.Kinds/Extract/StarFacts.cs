using AstroJobs.Imaging.Stars;

namespace AstroJobs.Kinds.Extract;

/// <summary>What the stars of a picture say about it.</summary>
/// <param name="Count">Found, at most 2000: the brightest.</param>
/// <param name="FwhmPx">Median width at half height.</param>
/// <param name="Eccentricity">Median; 0 is round.</param>
/// <param name="Background">Median level of the sky, sample range 0 … 1.</param>
/// <param name="Noise">Deviation of one pixel of the sky, sample range 0 … 1.</param>
/// <param name="Saturated">Stars whose core is clipped.</param>
/// <param name="SaturatedShare">The same as a share of all.</param>
/// <param name="Matched">Those that the catalogue knows; null when not solved.</param>
public sealed record StarFacts(
    int Count, double? FwhmPx, double? FwhmArcsec, double? Eccentricity, double Background, double Noise, int Saturated, double SaturatedShare, int Binning, int? Matched)
{
    public static StarFacts Of(StarField field, double? arcsecPerPixel, int? matched)
    {
        var saturated = field.Stars.Count(star => star.Saturated);
        return new StarFacts(
            field.Stars.Count,
            field.Fwhm,
            field.Fwhm * arcsecPerPixel,
            field.Eccentricity,
            field.Background,
            field.Noise,
            saturated,
            field.Stars.Count == 0 ? 0 : (double)saturated / field.Stars.Count,
            field.Binning,
            matched);
    }
}
