namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>Once: samples go that are below m·(1 − low) or above m·(1 + high), m the median (PixInsight's and Siril's percentile clipping).</summary>
internal sealed class PercentileRule(RejectionLimits limits) : OutlierRule
{
    private readonly float _low = (float)limits.Low;
    private readonly float _high = (float)limits.High;

    public override KeptRange Find(ReadOnlySpan<float> sorted)
    {
        var all = new KeptRange(0, sorted.Length);
        if (sorted.Length < LeastKept || MedianOf(sorted) is not (> 0 and var median)) // a part of nothing says nothing
            return all;
        var (first, end) = all;
        while (first < end && median - sorted[first] > _low * median)
            first++;
        while (end > first && sorted[end - 1] - median > _high * median)
            end--;
        return first < end ? new KeptRange(first, end) : all; // of an even number the median itself may be far from all of them
    }
}
