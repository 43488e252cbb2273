using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AstroJobs.Imaging.Stacking.Outliers;

namespace AstroJobs.Imaging.Stacking.Combining;

/// <summary>
/// The mean of the samples of a pixel that belong together. Lanes are neighbouring pixels: one network sorts them side by side, a rule names the
/// ranks that count. Samples that no frame has (NaN) and saturated ones (+∞) stay out of it; where half of the samples or more are saturated the
/// pixel is so too, and nothing is rejected. Without weights the sum goes by rank: no order of the frames changes a bit of it.
/// </summary>
/// <param name="weights">One a frame; empty when all count the same.</param>
internal sealed class RejectionCombiner(OutlierRule rule, int frames, int samples, float factor, ReadOnlyMemory<float> weights) : PixelCombiner
{
    private const float Saturated = 1; // the top of the sample range

    private readonly SampleColumns _columns = new(frames, samples);
    private readonly SortingNetwork _network = new(frames);
    private readonly float[] _pixel = new float[frames];
    private readonly LaneCounts _counts = new(frames);
    private readonly PixelBuffer _low = new(samples);
    private readonly PixelBuffer _high = new(samples);

    public override void Clear() => _columns.Clear();

    public override void Add(int frame, int offset, ReadOnlySpan<float> row) => _columns.Add(frame, offset, row);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Finish(int offset, Span<float> result)
    {
        var low = _low.Slice(0, result.Length);
        var high = _high.Slice(0, result.Length);
        var x = 0;
        for (; x <= result.Length - Vector<float>.Count; x += Vector<float>.Count)
            FinishLanes(offset + x, result[x..], low[x..], high[x..]);
        for (; x < result.Length; x++)
            FinishScalar(offset + x, ref result[x], ref low[x], ref high[x]);
        _counts.Flush();
    }

    public override void ReadRejected(Span<float> low, Span<float> high)
    {
        _low.Slice(0, low.Length).CopyTo(low);
        _high.Slice(0, high.Length).CopyTo(high);
    }

    public override IReadOnlyList<RejectionCount> Counts => _counts.Totals;

    protected override void Dispose(bool disposing)
    {
        _columns.Dispose();
        _low.Dispose();
        _high.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FinishLanes(int offset, Span<float> result, Span<float> low, Span<float> high)
    {
        ref var first = ref _columns.At(offset, Vector<float>.Count);
        var lanes = _network.Values;
        var (known, saturated) = Load(ref first, lanes);
        _network.Sort();
        var kept = rule.Find(lanes, known);
        var isBright = Vector.GreaterThanOrEqual(saturated, known) & Vector.GreaterThan(saturated, Vector<int>.Zero);
        var (lowest, highest) = BoundsOf(lanes, kept);
        lowest = Vector.ConditionalSelect(isBright, new Vector<float>(float.NegativeInfinity), lowest);
        highest = Vector.ConditionalSelect(isBright, new Vector<float>(float.PositiveInfinity), highest);
        Reject(ref first, kept, lowest, highest, low, high);
        var mean = weights.IsEmpty ? Mean(lanes, kept) : WeightedMean(ref first, lowest, highest);
        if (rule.ReplacesByMedian)
            mean = WithMedian(lanes, kept, known, mean);
        (Vector.ConditionalSelect(isBright, new Vector<float>(Saturated), mean) * factor).CopyTo(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (Vector<int> Known, Vector<int> Saturated) Load(ref float first, Span<Vector<float>> lanes)
    {
        var isWhole = Vector<int>.AllBitsSet;
        var most = new Vector<float>(float.MaxValue);
        for (var frame = 0; frame < frames; frame++)
        {
            lanes[frame] = _columns.ReadLanes(ref first, frame);
            isWhole &= Vector.LessThanOrEqual(Vector.Abs(lanes[frame]), most);
        }
        if (Vector.EqualsAll(isWhole, Vector<int>.AllBitsSet))
            return (new Vector<int>(frames), Vector<int>.Zero);
        var (known, saturated) = (Vector<int>.Zero, Vector<int>.Zero);
        for (var frame = 0; frame < frames; frame++)
        {
            var value = lanes[frame];
            var isKnown = Vector.LessThanOrEqual(Vector.Abs(value), most);
            known -= isKnown; // true is −1
            saturated -= Vector.GreaterThan(value, most);
            lanes[frame] = Vector.ConditionalSelect(isKnown, value, new Vector<float>(float.PositiveInfinity)); // sorts behind all data
        }
        return (known, saturated);
    }

    /// <summary>The least and the greatest sample that count; where there is none, bounds that nothing is beyond.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (Vector<float> Lowest, Vector<float> Highest) BoundsOf(ReadOnlySpan<Vector<float>> lanes, KeptRanges kept)
    {
        var samples = MemoryMarshal.Cast<Vector<float>, float>(lanes);
        Span<float> lowest = stackalloc float[Vector<float>.Count];
        Span<float> highest = stackalloc float[Vector<float>.Count];
        for (var lane = 0; lane < lowest.Length; lane++)
        {
            var (first, end) = (kept.First[lane], kept.End[lane]);
            (lowest[lane], highest[lane]) = first < end
                ? (samples[(first * Vector<float>.Count) + lane], samples[((end - 1) * Vector<float>.Count) + lane])
                : (float.NegativeInfinity, float.PositiveInfinity);
        }
        return (new Vector<float>(lowest), new Vector<float>(highest));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reject(ref float first, KeptRanges kept, Vector<float> lowest, Vector<float> highest, Span<float> low, Span<float> high)
    {
        var (below, above) = (Vector<int>.Zero, Vector<int>.Zero);
        _counts.AddPixels(Vector<int>.Count);
        for (var frame = kept.InAll(frames) == (0, frames) ? frames : 0; frame < frames; frame++) // none is missing where all are kept
        {
            var value = _columns.ReadLanes(ref first, frame);
            var (isBelow, isAbove) = (Vector.LessThan(value, lowest), Vector.GreaterThan(value, highest));
            (below, above) = (below - isBelow, above - isAbove);
            _counts.Add(frame, Vector.Equals(value, value), isBelow, isAbove);
        }
        Vector.ConvertToSingle(below).CopyTo(low);
        Vector.ConvertToSingle(above).CopyTo(high);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector<float> Mean(ReadOnlySpan<Vector<float>> lanes, KeptRanges kept)
    {
        var sum = Vector<float>.Zero;
        var (first, end) = kept.InAll(lanes.Length);
        for (var rank = 0; rank < first; rank++)
            sum += Vector.ConditionalSelect(kept.At(rank), lanes[rank], Vector<float>.Zero);
        for (var rank = first; rank < end; rank++)
            sum += lanes[rank];
        for (var rank = end; rank < lanes.Length; rank++)
            sum += Vector.ConditionalSelect(kept.At(rank), lanes[rank], Vector<float>.Zero);
        return sum / Vector.ConvertToSingle(kept.End - kept.First); // 0 / 0 is NaN: no data
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector<float> WeightedMean(ref float first, Vector<float> lowest, Vector<float> highest)
    {
        var (sum, total) = (Vector<float>.Zero, Vector<float>.Zero);
        var most = new Vector<float>(float.MaxValue);
        for (var frame = 0; frame < frames; frame++)
        {
            var value = _columns.ReadLanes(ref first, frame);
            var isKept = Vector.GreaterThanOrEqual(value, lowest) & Vector.LessThanOrEqual(value, highest) & Vector.LessThanOrEqual(Vector.Abs(value), most);
            var weight = new Vector<float>(weights.Span[frame]);
            sum += Vector.ConditionalSelect(isKept, value * weight, Vector<float>.Zero);
            total += Vector.ConditionalSelect(isKept, weight, Vector<float>.Zero);
        }
        return sum / total;
    }

    /// <summary>As many medians as samples were rejected join the mean.</summary>
    private static Vector<float> WithMedian(ReadOnlySpan<Vector<float>> lanes, KeptRanges kept, Vector<int> known, Vector<float> mean)
    {
        var count = Vector.ConvertToSingle(kept.End - kept.First);
        var all = Vector.ConvertToSingle(known);
        var joined = ((mean * count) + (LaneMedian.Of(lanes, kept) * (all - count))) / all;
        return Vector.ConditionalSelect(Vector.Equals(all, count), mean, joined);
    }

    private void FinishScalar(int offset, ref float result, ref float low, ref float high)
    {
        ref var first = ref _columns.At(offset, 1);
        var (known, saturated) = (0, 0);
        for (var frame = 0; frame < _pixel.Length; frame++)
        {
            var value = _columns.Read(ref first, frame);
            if (float.IsFinite(value))
                _pixel[known++] = value;
            else if (float.IsPositiveInfinity(value))
                saturated++;
        }
        var sorted = _pixel.AsSpan(0, known);
        sorted.Sort();
        var kept = rule.Find(sorted);
        var isBright = saturated >= known && saturated > 0;
        var (lowest, highest) = isBright || kept.Count == 0 ? (float.NegativeInfinity, float.PositiveInfinity) : (sorted[kept.First], sorted[kept.End - 1]);
        Reject(ref first, lowest, highest, out low, out high);
        var mean = weights.IsEmpty ? Mean(sorted[kept.First..kept.End]) : WeightedMean(ref first, lowest, highest);
        if (rule.ReplacesByMedian && kept.Count < known)
            mean = ((mean * kept.Count) + (OutlierRule.MedianOf(sorted[kept.First..kept.End]) * (known - kept.Count))) / known;
        result = (isBright ? Saturated : mean) * factor;
    }

    private void Reject(ref float first, float lowest, float highest, out float low, out float high)
    {
        (low, high) = (0, 0);
        for (var frame = 0; frame < _pixel.Length; frame++)
        {
            var value = _columns.Read(ref first, frame);
            var (isBelow, isAbove) = (value < lowest, value > highest);
            low += isBelow ? 1 : 0;
            high += isAbove ? 1 : 0;
            _counts.Add(frame, !float.IsNaN(value), isBelow, isAbove);
        }
    }

    private static float Mean(ReadOnlySpan<float> kept)
    {
        var sum = 0f;
        foreach (var value in kept)
            sum += value;
        return sum / kept.Length;
    }

    private float WeightedMean(ref float first, float lowest, float highest)
    {
        var (sum, total) = (0f, 0f);
        for (var frame = 0; frame < _pixel.Length; frame++)
        {
            var value = _columns.Read(ref first, frame);
            if (!(value >= lowest && value <= highest && float.IsFinite(value)))
                continue;
            sum += value * weights.Span[frame];
            total += weights.Span[frame];
        }
        return sum / total;
    }
}
