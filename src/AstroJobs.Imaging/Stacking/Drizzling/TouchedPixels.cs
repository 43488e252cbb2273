using AstroJobs.Imaging.Stacking.Integrating;

namespace AstroJobs.Imaging.Stacking.Drizzling;

/// <summary>Counts at each sample of a tile the frames of which a drop fell there, each once, however many of its drops did.</summary>
internal sealed class TouchedPixels(long samples) : IDisposable
{
    private readonly PixelBuffer _counts = new(samples);
    private readonly PixelBuffer _last = new(samples); // the frame that was counted last, from 1 on

    public static long BytesFor(long samples) => 2 * samples * sizeof(float);

    /// <summary>Begins anew, with so many samples.</summary>
    public void Clear(int samples)
    {
        _counts.Slice(0, samples).Clear();
        _last.Slice(0, samples).Clear();
    }

    /// <param name="frame">All drops of a frame come before those of the next.</param>
    public void Add(StackTile tile, int channel, Drop drop, int frame)
    {
        var (left, right) = drop.ColumnsOn(tile);
        var (top, bottom) = drop.RowsOn(tile);
        for (var row = top; row <= bottom && left <= right; row++)
        {
            if (!(drop.OnRow(row) > 0))
                continue;
            var offset = tile.OffsetOf(channel, row) + left - tile.Left;
            var counts = _counts.Slice(offset, right - left + 1);
            var last = _last.Slice(offset, right - left + 1);
            for (var i = 0; i < counts.Length; i++)
            {
                if (!(drop.OnColumn(left + i) > 0) || last[i] == frame + 1)
                    continue;
                counts[i]++;
                last[i] = frame + 1;
            }
        }
    }

    /// <param name="offset">Of the first sample in the tile's memory.</param>
    public void Read(int offset, Span<float> counts) => _counts.Slice(offset, counts.Length).CopyTo(counts);

    public void Dispose()
    {
        _counts.Dispose();
        _last.Dispose();
    }
}
