using System.Numerics;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking;

/// <summary>Keeps the tile of every frame and takes the median across them. Lanes are neighbouring pixels, sorted side by side by one network.</summary>
internal sealed class MedianCombiner(int frames, int samples) : PixelCombiner
{
    private readonly PixelBuffer _values = new((long)frames * samples);
    private readonly SortingNetwork _network = new(frames);
    private readonly Vector<float>[] _column = new Vector<float>[frames];
    private readonly float[] _pixel = new float[frames];

    public override void Clear()
    {
        for (var frame = 0; frame < frames; frame++)
            _values.Slice((long)frame * samples, samples).Fill(float.NaN);
    }

    public override void Add(int frame, int offset, ReadOnlySpan<float> row) => row.CopyTo(_values.Slice(((long)frame * samples) + offset, row.Length));

    public override void Finish(int offset, Span<float> result)
    {
        var x = 0;
        for (; x <= result.Length - Vector<float>.Count; x += Vector<float>.Count)
            FinishLanes(offset + x, result[x..]);
        for (; x < result.Length; x++)
            result[x] = FinishScalar(offset + x);
    }

    internal float FinishScalar(int offset)
    {
        var known = 0;
        for (var frame = 0; frame < frames; frame++)
        {
            var value = _values.Slice(((long)frame * samples) + offset, 1)[0];
            if (!float.IsNaN(value))
                _pixel[known++] = value;
        }
        var column = _pixel.AsSpan(0, known);
        column.Sort();
        return known == 0 ? float.NaN : (float)ClippedStatistics.Median(column);
    }

    protected override void Dispose(bool disposing) => _values.Dispose();

    private void FinishLanes(int offset, Span<float> result)
    {
        var column = _column.AsSpan();
        var known = Vector<int>.Zero;
        for (var frame = 0; frame < column.Length; frame++)
        {
            var value = new Vector<float>(_values.Slice(((long)frame * samples) + offset, Vector<float>.Count));
            var isKnown = Vector.Equals(value, value);
            known -= isKnown;
            column[frame] = Vector.ConditionalSelect(isKnown, value, new Vector<float>(float.PositiveInfinity)); // sorts behind all data
        }
        _network.Sort(column);
        if (Vector.EqualsAll(known, new Vector<int>(frames)))
        {
            ((column[(frames - 1) / 2] + column[frames / 2]) * 0.5f).CopyTo(result);
            return;
        }
        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            var count = known[lane];
            result[lane] = count == 0 ? float.NaN : (column[(count - 1) / 2][lane] + column[count / 2][lane]) * 0.5f;
        }
    }
}
