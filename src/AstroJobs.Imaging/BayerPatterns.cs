namespace AstroJobs.Imaging;

/// <summary>Mosaics that begin elsewhere.</summary>
internal static class BayerPatterns
{
    /// <summary>The pattern of a picture whose first pixel is the one at (<paramref name="left"/>, <paramref name="top"/>).</summary>
    public static BayerPattern From(this BayerPattern pattern, int left, int top)
    {
        if (int.IsOddInteger(left))
            pattern = pattern.FlippedHorizontally();
        return int.IsOddInteger(top) ? pattern.FlippedVertically() : pattern;
    }

    public static BayerPattern FlippedHorizontally(this BayerPattern pattern) => pattern switch
    {
        BayerPattern.Rggb => BayerPattern.Grbg,
        BayerPattern.Grbg => BayerPattern.Rggb,
        BayerPattern.Bggr => BayerPattern.Gbrg,
        _ => BayerPattern.Bggr,
    };

    public static BayerPattern FlippedVertically(this BayerPattern pattern) => pattern switch
    {
        BayerPattern.Rggb => BayerPattern.Gbrg,
        BayerPattern.Gbrg => BayerPattern.Rggb,
        BayerPattern.Bggr => BayerPattern.Grbg,
        _ => BayerPattern.Bggr,
    };
}
