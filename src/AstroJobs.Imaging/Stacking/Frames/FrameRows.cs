using AstroJobs.Imaging.Demosaicing;

namespace AstroJobs.Imaging.Stacking.Frames;

/// <summary>Takes one row of one channel of a frame.</summary>
internal delegate void RowSink(int channel, int y, ReadOnlySpan<float> row);

/// <summary>Hands out whole rows of a frame in the channels of the result: a mosaic is made colour on the way. One worker's own.</summary>
internal sealed class FrameRows : IDisposable
{
    private const int ChunkRows = 32;
    private const float PedestalSigmas = 20; // no noise reaches so far below the sky

    private readonly int _halo;
    private readonly PixelBuffer _chunk;
    private readonly PixelBuffer _colours;
    private readonly RcdDemosaic? _rcd;

    /// <param name="demosaic">Null where no frame is a mosaic.</param>
    public FrameRows(int widest, DemosaicMethod? demosaic)
    {
        _halo = HaloOf(demosaic);
        _chunk = new PixelBuffer((long)(ChunkRows + (2 * _halo)) * widest);
        _colours = new PixelBuffer(3L * widest);
        _rcd = demosaic == DemosaicMethod.Rcd ? new RcdDemosaic(widest, ChunkRows) : null;
    }

    public static long BytesFor(int widest, DemosaicMethod? demosaic) =>
        ((ChunkRows + (2 * HaloOf(demosaic)) + 3L) * widest * sizeof(float)) + (demosaic == DemosaicMethod.Rcd ? RcdDemosaic.BytesFor(widest, ChunkRows) : 0);

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
        _rcd?.Dispose();
    }

    private static int HaloOf(DemosaicMethod? demosaic) => demosaic switch
    {
        DemosaicMethod.Rcd => RcdDemosaic.Halo,
        DemosaicMethod.Malvar => MalvarDemosaic.Halo,
        _ => 1,
    };

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
        var (top, bottom) = (Math.Max(0, firstRow - _halo), Math.Min(height, firstRow + count + _halo));
        var samples = _chunk.Slice(0, (bottom - top) * width);
        frame.Store.ReadRows(0, top, samples);
        if (_rcd is not null)
            MakeRcd(_rcd, frame, samples, top, firstRow, count, sink);
        else if (_halo == MalvarDemosaic.Halo)
            MakeMalvar(frame, samples, top, firstRow, count, sink);
        else
            MakeBilinear(frame, samples, top, firstRow, count, sink);
    }

    private void MakeBilinear(InspectedFrame frame, Span<float> samples, int top, int firstRow, int count, RowSink sink)
    {
        var (width, height) = (frame.Info.Width, frame.Info.Height);
        for (var y = firstRow; y < firstRow + count; y++)
        {
            // Beyond an edge the row after next mirrors it: it has the same colours.
            var above = samples.Slice(((y > 0 ? y - 1 : Math.Min(1, height - 1)) - top) * width, width);
            var below = samples.Slice(((y < height - 1 ? y + 1 : Math.Max(0, height - 2)) - top) * width, width);
            BilinearDemosaic.Row(
                frame.Info.Metadata.Bayer!.Value, y, above, samples.Slice((y - top) * width, width), below, Colour(width, 0), Colour(width, 1), Colour(width, 2));
            HandOut(y, width, sink);
        }
    }

    private void MakeMalvar(InspectedFrame frame, Span<float> samples, int top, int firstRow, int count, RowSink sink)
    {
        var (width, height) = (frame.Info.Width, frame.Info.Height);
        for (var y = firstRow; y < firstRow + count; y++)
        {
            var rows = MalvarDemosaic.Rows.Of(samples, width, height, top, y);
            MalvarDemosaic.Row(frame.Info.Metadata.Bayer!.Value, y, rows, Colour(width, 0), Colour(width, 1), Colour(width, 2));
            HandOut(y, width, sink);
        }
    }

    private void MakeRcd(RcdDemosaic rcd, InspectedFrame frame, Span<float> samples, int top, int firstRow, int count, RowSink sink)
    {
        var (width, pattern) = (frame.Info.Width, frame.Info.Metadata.Bayer!.Value);
        var pedestal = (float)Math.Max(0, (PedestalSigmas * frame.ChannelNoise) - frame.Field.Background);
        rcd.Run(pattern, samples, width, frame.Info.Height, top, firstRow, count, pedestal);
        for (var row = 0; row < count; row++)
        {
            rcd.Finish(pattern, firstRow, row, pedestal, Colour(width, 0), Colour(width, 1), Colour(width, 2));
            HandOut(firstRow + row, width, sink);
        }
    }

    private void HandOut(int y, int width, RowSink sink)
    {
        for (var channel = 0; channel < 3; channel++)
            sink(channel, y, Colour(width, channel));
    }

    private Span<float> Colour(int width, int channel) => _colours.Slice((long)channel * width, width);
}
