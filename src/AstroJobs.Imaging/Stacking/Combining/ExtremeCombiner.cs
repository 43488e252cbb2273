using System.Numerics;

namespace AstroJobs.Imaging.Stacking.Combining;

/// <summary>The running maximum or minimum.</summary>
internal sealed class ExtremeCombiner(int samples, bool largest) : PixelCombiner
{
    private readonly PixelBuffer _values = new(samples);
    private readonly float _nothing = largest ? float.NegativeInfinity : float.PositiveInfinity;

    public override void Clear() => _values.Slice(0, samples).Fill(_nothing);

    public override void Add(int frame, int offset, ReadOnlySpan<float> row)
    {
        var values = _values.Slice(offset, row.Length);
        var nothing = new Vector<float>(_nothing);
        var x = 0;
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var value = new Vector<float>(row[x..]);
            var old = new Vector<float>(values[x..]);
            value = Vector.ConditionalSelect(Vector.Equals(value, value), value, nothing);
            (largest ? Vector.MaxNative(old, value) : Vector.MinNative(old, value)).CopyTo(values[x..]);
        }
        AddScalar(row[x..], values[x..], largest);
    }

    public override void Finish(int offset, Span<float> result)
    {
        _values.Slice(offset, result.Length).CopyTo(result);
        result.Replace(_nothing, float.NaN);
    }

    internal static void AddScalar(ReadOnlySpan<float> row, Span<float> values, bool largest)
    {
        for (var x = 0; x < row.Length; x++)
        {
            if (largest ? row[x] > values[x] : row[x] < values[x])
                values[x] = row[x];
        }
    }

    protected override void Dispose(bool disposing) => _values.Dispose();
}
