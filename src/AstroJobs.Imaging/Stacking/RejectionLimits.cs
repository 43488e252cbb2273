using System.Globalization;

namespace AstroJobs.Imaging.Stacking;

/// <summary>How far is too far. What the two numbers mean depends on the rejection.</summary>
/// <param name="Low">
/// Sigmas below; for percentile the part of the median below; for gesd the largest part of the samples that may be outliers (both sides).
/// </param>
/// <param name="High">Sigmas above; for percentile the part of the median above; for gesd the significance, the chance that a sample too many is taken.</param>
public readonly record struct RejectionLimits(double Low, double High)
{
    /// <summary>The usual limits: those of PixInsight's ImageIntegration and of Siril.</summary>
    public static RejectionLimits DefaultFor(StackRejection rejection) => rejection switch
    {
        StackRejection.Percentile => new(0.2, 0.1),
        StackRejection.Gesd => new(0.3, 0.05),
        _ => new(3, 3),
    };

    /// <returns>What is wrong with the limits, for a person; null when nothing is.</returns>
    public string? Problem(StackRejection rejection)
    {
        var (most, what) = rejection switch
        {
            StackRejection.Percentile => (1.0, "parts of the median, 0.2 for a fifth"),
            StackRejection.Gesd => (0.5, "the largest part of outliers (0.3) and the significance (0.05)"),
            _ => (100.0, "standard deviations, such as 3"),
        };
        var named = (Low > 0 && Low <= most, High > 0 && High <= most) switch
        {
            (false, _) => string.Create(CultureInfo.InvariantCulture, $"low limit {Low}"),
            (_, false) => string.Create(CultureInfo.InvariantCulture, $"high limit {High}"),
            _ => null,
        };
        return named is null ? null : string.Create(CultureInfo.InvariantCulture, $"the {named} is not above 0 and up to {most}: the limits of this rejection are {what}");
    }
}
