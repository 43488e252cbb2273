using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Stacking.Registering;

/// <summary>Which frame the others are laid on: a sharp and clear one with many stars.</summary>
internal static class StackReference
{
    // A frame whose stars stand half as far above their noise must be a third sharper: widths of frames of one night differ by less than a cloud takes.
    private const double ClarityPower = 0.5;

    /// <summary>
    /// Best first, by the least FWHM · (1 + 2·(most − stars)/most) · √(highest SNR / SNR) among the frames with at least half of the most stars. The first two
    /// are Siril's weighted FWHM: lost stars count as blur, since clouds hide stars and leave the rest sharp. A thin cloud hides none; it dims them and
    /// brightens the sky, which the signal to noise of the brightest tells. The FWHM is that of the longer axis: a drawn-out star is not sharp.
    /// Equal frames keep their order.
    /// </summary>
    /// <returns>Indices into <paramref name="fields"/>.</returns>
    public static IReadOnlyList<int> Rank(IReadOnlyList<StarField> fields)
    {
        var most = fields.Max(field => field.Stars.Count);
        var clearest = fields.Max(field => field.SignalToNoise) ?? 0;
        return [.. Enumerable.Range(0, fields.Count)
            .OrderBy(i => fields[i].Stars.Count * 2 < most)
            .ThenBy(i => Blur(fields[i], most) * Veil(fields[i], clearest))];
    }

    private static double Blur(StarField field, int most)
    {
        var longer = Math.Sqrt(Math.Sqrt(1 - Math.Pow(Math.Min(field.Eccentricity ?? 0, 0.999), 2)));
        return (field.Fwhm ?? double.MaxValue) / longer * (1 + (most == 0 ? 0 : 2.0 * (most - field.Stars.Count) / most));
    }

    /// <summary>1 of the clearest frame; also where there is no noise to tell by.</summary>
    private static double Veil(StarField field, double clearest) =>
        field.SignalToNoise is > 0 and var signal && double.IsFinite(clearest) ? Math.Pow(clearest / signal, ClarityPower) : 1;
}
