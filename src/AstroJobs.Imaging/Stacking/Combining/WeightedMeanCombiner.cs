using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Stacking.Combining;

/// <summary>Running sums of samples and of weights; the weighted mean of what was added, times a factor.</summary>
/// <param name="weights">One a frame.</param>
internal sealed class WeightedMeanCombiner(int samples, float factor, ReadOnlyMemory<float> weights) : PixelCombiner
{
    private readonly PixelBuffer _sums = new(samples);
    private readonly PixelBuffer _totals = new(samples);

    public override void Clear()
    {
        _sums.Slice(0, samples).Clear();
        _totals.Slice(0, samples).Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(int frame, int offset, ReadOnlySpan<float> row)
    {
        var sums = _sums.Slice(offset, row.Length);
        var totals = _totals.Slice(offset, row.Length);
        var weight = weights.Span[frame];
        var lanes = new Vector<float>(weight);
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var value = new Vector<float>(row[x..]);
            var known = Vector.Equals(value, value);
            (new Vector<float>(sums[x..]) + Vector.ConditionalSelect(known, value * lanes, Vector<float>.Zero)).CopyTo(sums[x..]);
            (new Vector<float>(totals[x..]) + Vector.ConditionalSelect(known, lanes, Vector<float>.Zero)).CopyTo(totals[x..]);
        }
        AddScalar(row[x..], weight, sums[x..], totals[x..]);
    }

    public override void Finish(int offset, Span<float> result)
    {
        var sums = _sums.Slice(offset, result.Length);
        var totals = _totals.Slice(offset, result.Length);
        for (var x = 0; x < result.Length; x++)
            result[x] = sums[x] / totals[x] * factor; // 0 / 0 is NaN: no data
    }

    private static void AddScalar(ReadOnlySpan<float> row, float weight, Span<float> sums, Span<float> totals)
    {
        for (var x = 0; x < row.Length; x++)
        {
            if (float.IsNaN(row[x]))
                continue;
            sums[x] += row[x] * weight;
            totals[x] += weight;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _sums.Dispose();
        _totals.Dispose();
    }
}
