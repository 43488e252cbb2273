using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Stacking;

/// <summary>Which frame the others are laid on: a sharp one with many stars.</summary>
internal static class StackReference
{
    /// <summary>
    /// Best first, by the least FWHM·(1 + 2·(most − stars)/most) among the frames with at least half of the most stars (Siril's weighted FWHM:
    /// lost stars count as blur, since clouds hide stars and leave the rest sharp). Equal frames keep their order.
    /// </summary>
    /// <returns>Indices into <paramref name="fields"/>.</returns>
    public static IReadOnlyList<int> Rank(IReadOnlyList<StarField> fields)
    {
        var most = fields.Max(field => field.Stars.Count);
        return [.. Enumerable.Range(0, fields.Count)
            .OrderBy(i => fields[i].Stars.Count * 2 < most)
            .ThenBy(i => (fields[i].Fwhm ?? double.MaxValue) * (1 + (most == 0 ? 0 : 2.0 * (most - fields[i].Stars.Count) / most)))];
    }
}
