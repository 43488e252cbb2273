using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Stacking.Combining;

/// <summary>
/// The mean of what was added, times a factor. Nearly every sample is there on every frame: only those that are missing are counted by the sample, so
/// one frame costs one sum.
/// </summary>
internal sealed class MeanCombiner(int samples, float factor) : PixelCombiner
{
    private readonly PixelBuffer _sums = new(samples);
    private readonly PixelBuffer _missing = new(samples);
    private int _added;
    private int _last = -1;

    public override void Clear()
    {
        _sums.Slice(0, samples).Clear();
        _missing.Slice(0, samples).Clear();
        (_added, _last) = (0, -1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(int frame, int offset, ReadOnlySpan<float> row)
    {
        if (frame != _last)
            (_last, _added) = (frame, _added + 1);
        var sums = _sums.Slice(offset, row.Length);
        var missing = _missing.Slice(offset, row.Length);
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var value = new Vector<float>(row[x..]);
            if (!Vector.EqualsAll(value, value))
            {
                var isKnown = Vector.Equals(value, value);
                (new Vector<float>(missing[x..]) + Vector.ConditionalSelect(isKnown, Vector<float>.Zero, Vector<float>.One)).CopyTo(missing[x..]);
                value = Vector.ConditionalSelect(isKnown, value, Vector<float>.Zero);
            }
            (new Vector<float>(sums[x..]) + value).CopyTo(sums[x..]);
        }
        AddScalar(row[x..], sums[x..], missing[x..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Finish(int offset, Span<float> result)
    {
        var sums = _sums.Slice(offset, result.Length);
        var missing = _missing.Slice(offset, result.Length);
        var added = new Vector<float>(_added);
        var x = 0;
        for (; x <= result.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(sums[x..]) / (added - new Vector<float>(missing[x..])) * factor).CopyTo(result[x..]);
        for (; x < result.Length; x++)
            result[x] = sums[x] / (_added - missing[x]) * factor; // 0 / 0 is NaN: no data
    }

    private static void AddScalar(ReadOnlySpan<float> row, Span<float> sums, Span<float> missing)
    {
        for (var x = 0; x < row.Length; x++)
        {
            if (float.IsNaN(row[x]))
                missing[x]++;
            else
                sums[x] += row[x];
        }
    }

    protected override void Dispose(bool disposing)
    {
        _sums.Dispose();
        _missing.Dispose();
    }
}
