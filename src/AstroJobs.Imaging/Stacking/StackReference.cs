using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Stacking;

/// <summary>Which frame the others are laid on: a sharp one with many stars.</summary>
internal static class StackReference
{
    /// <summary>
    /// Best first, by the least FWHM·(1 + 2·(most − stars)/most) among the frames with at least half of the most stars (Siril's weighted FWHM:
    /// lost stars count as blur, since clouds hide stars and leave the rest sharp). The FWHM is that of the longer axis: a drawn-out star is not
    /// sharp. Equal frames keep their order.
    /// </summary>
    /// <returns>Indices into <paramref name="fields"/>.</returns>
    public static IReadOnlyList<int> Rank(IReadOnlyList<StarField> fields)
    {
        var most = fields.Max(field => field.Stars.Count);
        return [.. Enumerable.Range(0, fields.Count)
            .OrderBy(i => fields[i].Stars.Count * 2 < most)
            .ThenBy(i => Score(fields[i], most))];
    }

    private static double Score(StarField field, int most)
    {
        var longer = Math.Sqrt(Math.Sqrt(1 - Math.Pow(Math.Min(field.Eccentricity ?? 0, 0.999), 2)));
        return (field.Fwhm ?? double.MaxValue) / longer * (1 + (most == 0 ? 0 : 2.0 * (most - field.Stars.Count) / most));
    }
}
