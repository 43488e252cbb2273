namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>
/// A straight line y = a + b·i is fitted to the sorted samples; s = mean |y − fit|; samples go from either end inwards while they are further
/// than κ·s from the line; again until nothing goes (PixInsight's linear fit clipping).
/// </summary>
internal sealed class LinearFitRule(RejectionLimits limits, float smallestSigma) : OutlierRule
{
    public override KeptRange Find(ReadOnlySpan<float> sorted)
    {
        var (first, end) = (0, sorted.Length);
        while (end - first > LeastKept)
        {
            var kept = sorted[first..end];
            var (level, slope) = Fit(kept);
            var scatter = Math.Max(MeanDistance(kept, level, slope), smallestSigma);
            var (low, high) = (0, kept.Length);
            while (low < high && IsBeyond(kept[low] - level - (slope * low), scatter))
                low++;
            while (high > low && IsBeyond(kept[high - 1] - level - (slope * (high - 1)), scatter))
                high--;
            if (high - low < LeastKept || high - low == kept.Length)
                break;
            (first, end) = (first + low, first + high);
        }
        return WithEquals(sorted, new KeptRange(first, end));
    }

    private bool IsBeyond(double residual, double scatter) => residual < -limits.Low * scatter || residual > limits.High * scatter;

    private static (double Level, double Slope) Fit(ReadOnlySpan<float> values)
    {
        var middle = (values.Length - 1) / 2.0;
        double sum = 0, moment = 0, spread = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i];
            moment += (i - middle) * values[i];
            spread += (i - middle) * (i - middle);
        }
        var slope = moment / spread;
        return ((sum / values.Length) - (slope * middle), slope);
    }

    private static double MeanDistance(ReadOnlySpan<float> values, double level, double slope)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
            sum += Math.Abs(values[i] - level - (slope * i));
        return sum / values.Length;
    }
}
