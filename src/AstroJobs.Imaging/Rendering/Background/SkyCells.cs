using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Rendering.Background;

/// <summary>Measures the sky of a picture in squares, stars clipped away.</summary>
internal static class SkyCells
{
    private const int Columns = 48; // on the longer side
    private const int SmallestSide = 8;
    private const int MostSamples = 1024; // of a cell

    public static int SideOf(FrameInfo info) => Math.Max(SmallestSide, Math.Max(info.Width, info.Height) / Columns);

    /// <summary>Cells that are half empty are left out.</summary>
    public static IReadOnlyList<SkyCell> Measure(FrameInfo info, RowSource read)
    {
        var side = SideOf(info);
        var scale = Math.Max(info.Width, info.Height) / 2.0;
        var cells = new List<SkyCell>();
        using var strip = new PixelBuffer((long)side * info.Width * info.Channels);
        for (var row = 0; row < info.Height / side; row++)
        {
            for (var channel = 0; channel < info.Channels; channel++)
                read(channel, row * side, strip.Slice((long)channel * side * info.Width, side * info.Width));
            for (var column = 0; column < info.Width / side; column++)
            {
                var levels = Enumerable.Range(0, info.Channels).Select(channel => Level(strip.Slice((long)channel * side * info.Width, side * info.Width), info.Width, column * side, side)).ToArray();
                if (Array.TrueForAll(levels, double.IsFinite))
                    cells.Add(new SkyCell(column, row, (((column + 0.5) * side) - (info.Width / 2.0)) / scale, (((row + 0.5) * side) - (info.Height / 2.0)) / scale, levels));
            }
        }
        return cells;
    }

    private static double Level(ReadOnlySpan<float> rows, int width, int left, int side)
    {
        var step = Math.Max(1, (int)Math.Sqrt((double)side * side / MostSamples));
        var samples = new List<float>();
        var all = 0;
        for (var y = 0; y < side; y += step)
        {
            for (var x = left; x < left + side; x += step, all++)
            {
                if (float.IsFinite(rows[(y * width) + x]))
                    samples.Add(rows[(y * width) + x]);
            }
        }
        return samples.Count * 2 < all ? double.NaN : ClippedStatistics.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(samples)).Level;
    }
}
