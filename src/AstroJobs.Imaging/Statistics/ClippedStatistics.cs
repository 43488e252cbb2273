using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Statistics;

/// <summary>The level and scatter of a sample once its outliers (stars, hot pixels) are clipped away.</summary>
/// <param name="Level">The most likely sky value: the mode by SExtractor's rule.</param>
/// <param name="Sigma">Standard deviation of what was kept.</param>
internal readonly record struct ClippedStatistics(float Level, float Sigma)
{
    private const double ClipSigmas = 3;
    private const int MaxIterations = 8;

    /// <summary>Sorts <paramref name="values"/> (no NaN among them) and clips at 3 sigma around the median until nothing more goes.</summary>
    public static ClippedStatistics Of(Span<float> values)
    {
        RadixSort.Sort(values);
        return OfSorted(values);
    }

    /// <summary>The same of values that are in order already.</summary>
    public static ClippedStatistics OfSorted(ReadOnlySpan<float> values)
    {
        if (values.IsEmpty)
            return new ClippedStatistics(float.NaN, float.NaN);
        var (low, high) = (0, values.Length);
        double mean = 0, sigma = 0, median = 0;
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var kept = values[low..high];
            median = Median(kept);
            (mean, sigma) = MeanAndSigma(kept);
            var (first, last) = (low, high);
            while (last - first > 1 && values[first] < median - (ClipSigmas * sigma))
                first++;
            while (last - first > 1 && values[last - 1] > median + (ClipSigmas * sigma))
                last--;
            if (first == low && last == high)
                break;
            (low, high) = (first, last);
        }
        // Bertin & Arnouts 1996, §4: in a crowded cell the mean is not to be trusted, the median is.
        var crowded = Math.Abs(mean - median) > 0.3 * sigma;
        return new ClippedStatistics((float)(crowded ? median : (2.5 * median) - (1.5 * mean)), (float)sigma);
    }

    /// <summary>The median of a sorted sample.</summary>
    public static double Median(ReadOnlySpan<float> sorted) =>
        (sorted.Length & 1) == 1 ? sorted[sorted.Length / 2] : 0.5 * ((double)sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Mean, double Sigma) MeanAndSigma(ReadOnlySpan<float> values)
    {
        double pivot = values[values.Length / 2]; // sums around the median lose no digits on a high pedestal
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            var d = value - pivot;
            sum += d;
            squares += d * d;
        }
        var mean = sum / values.Length;
        return (pivot + mean, Math.Sqrt(Math.Max(0, (squares / values.Length) - (mean * mean))));
    }
}
