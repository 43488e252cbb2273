using System.Numerics;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Stacking;

/// <summary>A running sum and count; the mean of what was added, times a factor.</summary>
internal sealed class MeanCombiner(int samples, float factor) : PixelCombiner
{
    private readonly PixelBuffer _sums = new(samples);
    private readonly PixelBuffer _counts = new(samples);

    public override void Clear()
    {
        _sums.Slice(0, samples).Clear();
        _counts.Slice(0, samples).Clear();
    }

    public override void Add(int frame, int offset, ReadOnlySpan<float> row)
    {
        var sums = _sums.Slice(offset, row.Length);
        var counts = MemoryMarshal.Cast<float, int>(_counts.Slice(offset, row.Length));
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var value = new Vector<float>(row[x..]);
            var known = Vector.Equals(value, value);
            (new Vector<float>(sums[x..]) + Vector.ConditionalSelect(known, value, Vector<float>.Zero)).CopyTo(sums[x..]);
            (new Vector<int>(counts[x..]) - known).CopyTo(counts[x..]); // true is −1
        }
        AddScalar(row[x..], sums[x..], counts[x..]);
    }

    public override void Finish(int offset, Span<float> result)
    {
        var sums = _sums.Slice(offset, result.Length);
        var counts = MemoryMarshal.Cast<float, int>(_counts.Slice(offset, result.Length));
        for (var x = 0; x < result.Length; x++)
            result[x] = sums[x] / counts[x] * factor; // 0 / 0 is NaN: no data
    }

    internal static void AddScalar(ReadOnlySpan<float> row, Span<float> sums, Span<int> counts)
    {
        for (var x = 0; x < row.Length; x++)
        {
            if (float.IsNaN(row[x]))
                continue;
            sums[x] += row[x];
            counts[x]++;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _sums.Dispose();
        _counts.Dispose();
    }
}
