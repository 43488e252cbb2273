using AstroJobs.Imaging.Demosaicing;

namespace AstroJobs.Imaging.Stacking;

/// <summary>Takes one row of one channel of a frame.</summary>
internal delegate void RowSink(int channel, int y, ReadOnlySpan<float> row);

/// <summary>Hands out whole rows of a frame in the channels of the result: a mosaic is made colour on the way. One worker's own.</summary>
internal sealed class FrameRows(int widest) : IDisposable
{
    private const int ChunkRows = 32;
    private const int Halo = 1; // of the demosaic

    private readonly PixelBuffer _chunk = new((long)(ChunkRows + (2 * Halo)) * widest);
    private readonly PixelBuffer _colours = new(3L * widest);

    public static long BytesFor(int widest) => (ChunkRows + (2 * Halo) + 3L) * widest * sizeof(float);

    public void Read(InspectedFrame frame, int firstRow, int count, RowSink sink)
    {
        for (var y = firstRow; y < firstRow + count; y += ChunkRows)
        {
            var rows = Math.Min(ChunkRows, firstRow + count - y);
            if (frame.IsMosaic)
                ReadMosaic(frame, y, rows, sink);
            else
                ReadChannels(frame, y, rows, sink);
        }
    }

    public void Dispose()
    {
        _chunk.Dispose();
        _colours.Dispose();
    }

    private void ReadChannels(InspectedFrame frame, int firstRow, int count, RowSink sink)
    {
        var width = frame.Info.Width;
        for (var channel = 0; channel < frame.Info.Channels; channel++)
        {
            frame.Store.ReadRows(channel, firstRow, _chunk.Slice(0, count * width));
            for (var row = 0; row < count; row++)
                sink(channel, firstRow + row, _chunk.Slice((long)row * width, width));
        }
    }

    private void ReadMosaic(InspectedFrame frame, int firstRow, int count, RowSink sink)
    {
        var (width, height) = (frame.Info.Width, frame.Info.Height);
        var (top, bottom) = (Math.Max(0, firstRow - Halo), Math.Min(height, firstRow + count + Halo));
        frame.Store.ReadRows(0, top, _chunk.Slice(0, (bottom - top) * width));
        for (var y = firstRow; y < firstRow + count; y++)
        {
            // Beyond an edge the row after next mirrors it: it has the same colours.
            var above = Row(y > 0 ? y - 1 : Math.Min(1, height - 1));
            var below = Row(y < height - 1 ? y + 1 : Math.Max(0, height - 2));
            BilinearDemosaic.Row(frame.Info.Metadata.Bayer!.Value, y, above, Row(y), below, Colour(0), Colour(1), Colour(2));
            for (var channel = 0; channel < 3; channel++)
                sink(channel, y, Colour(channel));
        }

        Span<float> Row(int y) => _chunk.Slice((long)(y - top) * width, width);
        Span<float> Colour(int channel) => _colours.Slice((long)channel * width, width);
    }
}
