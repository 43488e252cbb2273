using System.Numerics;
using System.Runtime.CompilerServices;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Combining;

/// <summary>Keeps the tile of every frame and takes the median across them. Lanes are neighbouring pixels, sorted side by side by one network.</summary>
internal sealed class MedianCombiner(int frames, int samples) : PixelCombiner
{
    private readonly SampleColumns _columns = new(frames, samples);
    private readonly SortingNetwork _network = new(frames);
    private readonly float[] _pixel = new float[frames];

    public override void Clear() => _columns.Clear();

    public override void Add(int frame, int offset, ReadOnlySpan<float> row) => _columns.Add(frame, offset, row);

    public override void Finish(int offset, Span<float> result)
    {
        var x = 0;
        for (; x <= result.Length - Vector<float>.Count; x += Vector<float>.Count)
            FinishLanes(offset + x, result[x..]);
        for (; x < result.Length; x++)
            result[x] = FinishScalar(offset + x);
    }

    protected override void Dispose(bool disposing) => _columns.Dispose();

    private float FinishScalar(int offset)
    {
        ref var first = ref _columns.At(offset, 1);
        var known = 0;
        for (var frame = 0; frame < _pixel.Length; frame++)
        {
            var value = _columns.Read(ref first, frame);
            if (!float.IsNaN(value))
                _pixel[known++] = value;
        }
        var column = _pixel.AsSpan(0, known);
        column.Sort();
        return known == 0 ? float.NaN : (float)ClippedStatistics.Median(column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FinishLanes(int offset, Span<float> result)
    {
        ref var first = ref _columns.At(offset, Vector<float>.Count);
        var column = _network.Values;
        var known = Vector<int>.Zero;
        for (var frame = 0; frame < column.Length; frame++)
        {
            var value = _columns.ReadLanes(ref first, frame);
            var isKnown = Vector.Equals(value, value);
            known -= isKnown;
            column[frame] = Vector.ConditionalSelect(isKnown, value, new Vector<float>(float.PositiveInfinity)); // sorts behind all data
        }
        _network.Sort();
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
