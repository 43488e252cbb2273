using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>
/// Kappa-sigma clipping: m = median and s = scatter of what is kept; samples below m − κlow·s or above m + κhigh·s go; again until nothing goes.
/// Rules differ in how they estimate s. Lanes are pixels; a lane that has come to rest keeps its range while others go on.
/// </summary>
internal abstract class ClippingRule(RejectionLimits limits, float smallestSigma, int samples) : OutlierRule
{
    private readonly float _low = (float)limits.Low;
    private readonly float _high = (float)limits.High;
    private readonly float[] _deviations = new float[samples];
    private readonly LaneArray _laneDeviations = new(samples);

    public sealed override KeptRange Find(ReadOnlySpan<float> sorted)
    {
        var kept = new KeptRange(0, sorted.Length);
        while (kept.Count > LeastKept)
        {
            var median = MedianOf(sorted[kept.First..kept.End]);
            var deviations = _deviations.AsSpan(0, sorted.Length);
            for (var i = 0; i < sorted.Length; i++)
                deviations[i] = i >= kept.First && i < kept.End ? sorted[i] - median : 0;
            var sigma = float.MaxNative(Scatter(deviations, kept), smallestSigma);
            var next = Clip(sorted, kept, median - (_low * sigma), median + (_high * sigma));
            if (next == kept || next.Count < LeastKept)
                break;
            kept = next;
        }
        return kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override KeptRanges Find(ReadOnlySpan<Vector<float>> sorted, Vector<int> known)
    {
        var deviations = _laneDeviations.Lanes[..sorted.Length];
        var kept = new KeptRanges(Vector<int>.Zero, known);
        var active = Vector.GreaterThan(known, new Vector<int>(LeastKept));
        while (Vector.LessThanAny(active, Vector<int>.Zero))
        {
            var median = LaneMedian.Of(sorted, kept);
            Subtract(sorted, kept, median, deviations);
            var sigma = Vector.MaxNative(Scatter(deviations, kept, known, active), new Vector<float>(smallestSigma));
            var next = Clip(sorted, kept, median - (sigma * _low), median + (sigma * _high));
            var left = next.End - next.First;
            active &= Vector.GreaterThan(left, new Vector<int>(LeastKept - 1));
            active &= Vector.OnesComplement(Vector.Equals(next.First, kept.First) & Vector.Equals(next.End, kept.End));
            kept = new KeptRanges(Vector.ConditionalSelect(active, next.First, kept.First), Vector.ConditionalSelect(active, next.End, kept.End));
            active &= Vector.GreaterThan(left, new Vector<int>(LeastKept));
        }
        return kept;
    }

    /// <param name="deviations">From the median, ascending; 0 for samples that are not kept.</param>
    protected abstract float Scatter(Span<float> deviations, KeptRange kept);

    /// <param name="deviations">As in the scalar twin.</param>
    /// <param name="active">Lanes whose answer matters, −1.</param>
    protected abstract Vector<float> Scatter(Span<Vector<float>> deviations, KeptRanges kept, Vector<int> known, Vector<int> active);

    /// <summary>√(Σ(d − d̄)² / (n − 1)); deviations from the median lose no digits when squared.</summary>
    protected static float Deviation(float sum, float squares, float count) =>
        MathF.Sqrt(float.MaxNative((squares - (sum * sum / count)) / (count - 1), 0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static Vector<float> Deviation(Vector<float> sum, Vector<float> squares, Vector<float> count) =>
        Vector.SquareRoot(Vector.MaxNative((squares - (sum * sum / count)) / (count - Vector<float>.One), Vector<float>.Zero));

    private static KeptRange Clip(ReadOnlySpan<float> sorted, KeptRange kept, float low, float high)
    {
        var (first, end) = kept;
        while (first < end && sorted[first] < low)
            first++;
        while (end > first && sorted[end - 1] > high)
            end--;
        return new KeptRange(first, end);
    }

    /// <summary>Deviations from the median; 0 of what is not kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(ReadOnlySpan<Vector<float>> sorted, KeptRanges kept, Vector<float> median, Span<Vector<float>> deviations)
    {
        var (first, end) = kept.InAll(sorted.Length);
        for (var rank = 0; rank < first; rank++)
            deviations[rank] = Vector.ConditionalSelect(kept.At(rank), sorted[rank] - median, Vector<float>.Zero);
        for (var rank = first; rank < end; rank++)
            deviations[rank] = sorted[rank] - median;
        for (var rank = end; rank < sorted.Length; rank++)
            deviations[rank] = Vector.ConditionalSelect(kept.At(rank), sorted[rank] - median, Vector<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static KeptRanges Clip(ReadOnlySpan<Vector<float>> sorted, KeptRanges kept, Vector<float> low, Vector<float> high)
    {
        var (below, within) = (Vector<int>.Zero, new Vector<int>(sorted.Length));
        foreach (var value in sorted)
        {
            var isBelow = Vector.LessThan(value, low);
            if (Vector.EqualsAll(isBelow, Vector<int>.Zero))
                break; // and so are all that follow
            below -= isBelow; // true is −1
        }
        for (var rank = sorted.Length - 1; rank >= 0; rank--)
        {
            var isWithin = Vector.LessThanOrEqual(sorted[rank], high);
            if (Vector.EqualsAll(isWithin, Vector<int>.AllBitsSet))
                break;
            within += Vector.OnesComplement(isWithin);
        }
        var first = Vector.Max(kept.First, below);
        return new KeptRanges(first, Vector.Max(first, Vector.Min(kept.End, within)));
    }
}
