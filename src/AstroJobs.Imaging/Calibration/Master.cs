using AstroJobs.Imaging.Stacking.Frames;

namespace AstroJobs.Imaging.Calibration;

/// <summary>A master as a file of 32-bit floats, its rows on demand for any thread: no master is held in memory.</summary>
/// <param name="Key">Says what it was made of; its name in the cache.</param>
internal sealed record Master(MasterKind Kind, string Key, FrameInfo Info, FrameStore Store, MasterReport Report) : IDisposable
{
    private const int StripRows = 64;

    public void Dispose() => Store.Dispose();

    /// <summary>Every row of every channel once, in order.</summary>
    public void ForEachRow(RowSink sink)
    {
        using var strip = new PixelBuffer((long)StripRows * Info.Width);
        for (var channel = 0; channel < Info.Channels; channel++)
        {
            for (var y = 0; y < Info.Height; y += StripRows)
            {
                var rows = Math.Min(StripRows, Info.Height - y);
                Store.ReadRows(channel, y, strip.Slice(0, rows * Info.Width));
                for (var row = 0; row < rows; row++)
                    sink(channel, y + row, strip.Slice((long)row * Info.Width, Info.Width));
            }
        }
    }
}
