using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Statistics;

/// <summary>
/// Level and scatter of a sample in spite of its stars: iterative k-sigma estimators of location and scale (IKSS) as Siril takes them for
/// normalization. What is further than 6 MAD from the median goes; the level is the median of the rest, the scatter 0.991·√BWMV.
/// </summary>
/// <param name="Level">Sample units; NaN of an empty sample.</param>
/// <param name="Scatter">Equals sigma for Gaussian noise.</param>
internal readonly record struct RobustLevel(double Level, double Scatter)
{
    private const double ClipMads = 6;
    private const double Efficiency = 0.991; // makes the biweight deviation equal sigma for a Gaussian

    /// <summary>Sorts <paramref name="values"/>, all finite.</summary>
    public static RobustLevel Of(Span<float> values)
    {
        if (values.IsEmpty)
            return new RobustLevel(double.NaN, 0);
        RadixSort.Sort(values);
        var median = ClippedStatistics.Median(values);
        var reach = ClipMads * MedianDistance(values, median);
        var (first, end) = (0, values.Length);
        while (values[first] < median - reach)
            first++;
        while (values[end - 1] > median + reach)
            end--;
        var kept = values[first..end];
        var level = ClippedStatistics.Median(kept);
        return new RobustLevel(level, Efficiency * Math.Sqrt(BiweightMidvariance(kept, level, MedianDistance(kept, level))));
    }

    /// <summary>The median of |x − m| of a sorted sample: from the middle outwards, the nearer neighbour first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static double MedianDistance(ReadOnlySpan<float> sorted, double middle)
    {
        var above = 0;
        while (above < sorted.Length && sorted[above] < middle)
            above++;
        var below = above - 1;
        double distance = 0, before = 0;
        for (var i = 0; i <= sorted.Length / 2; i++)
        {
            before = distance;
            var (down, up) = (below >= 0 ? middle - sorted[below] : double.PositiveInfinity, above < sorted.Length ? sorted[above] - middle : double.PositiveInfinity);
            distance = Math.Min(down, up);
            if (down < up)
                below--;
            else
                above++;
        }
        return (sorted.Length & 1) == 1 ? distance : (before + distance) / 2;
    }

    /// <summary>n·Σ(x − m)²(1 − y²)⁴ / (Σ(1 − y²)(1 − 5y²))² over |y| &lt; 1, y = (x − m)/(9·MAD) (Beers, Flynn &amp; Gebhardt 1990).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double BiweightMidvariance(ReadOnlySpan<float> values, double middle, double mad)
    {
        if (mad == 0)
            return 0;
        double above = 0, below = 0;
        foreach (var value in values)
        {
            var distance = value - middle;
            var y = distance / (9 * mad);
            var rest = 1 - (y * y);
            if (rest <= 0)
                continue;
            above += distance * distance * rest * rest * rest * rest;
            below += rest * (1 - (5 * y * y));
        }
        return values.Length * above / (below * below);
    }
}
