using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Frames;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>Draws frames that turn little in two passes (<see cref="UprightResampler"/>): each of their rows as it is read, then the rows of the tile.</summary>
internal sealed class UprightDrawer(StripPlan plan, DrawingRoom room)
{
    private const int Margin = UprightResampler.Margin;

    private readonly float[] _padded = new float[room.WidestFrame + (2 * Margin)];

    /// <param name="bounds">What the tile needs of the frame.</param>
    public void Draw(InspectedFrame frame, UprightMap map, WindowBounds bounds, StackTile tile, RingGuard guard, RowSink sink, CancellationToken cancellation)
    {
        var (width, height, stride) = (frame.Info.Width, frame.Info.Height, StripPlan.WholeBlocks(tile.Width));
        if (map.IsUpsideDown)
            bounds = bounds.UpsideDown(width, height);
        var window = Straighten(frame, map, bounds, tile, guard);
        var straightened = new StraightenedRows(window.Slice(0, bounds.Height * stride * plan.Channels), plan.Channels, stride, bounds.Top);
        Span<(int From, int To)> inside = stackalloc (int, int)[UprightMap.MostLines];
        for (var (y, bottom) = (tile.Top, tile.Top + tile.Height); y < bottom;)
        {
            cancellation.ThrowIfCancellationRequested();
            var lines = inside[..Math.Min(map.Lines - (y % map.Lines), bottom - y)];
            for (var i = 0; i < lines.Length; i++)
                lines[i] = map.Inside(tile.Left, tile.Width, y + i, width, height);
            var drawn = room.Lines(lines.Length * plan.Channels * stride);
            UprightResampler.Rows(straightened, map, tile.Left, y, lines, guard, drawn);
            for (var i = 0; i < lines.Length * plan.Channels; i++)
                sink(i % plan.Channels, y + (i / plan.Channels), drawn.Slice(i * stride, tile.Width));
            y += lines.Length;
        }
    }

    /// <summary>The first pass, of each row as it is read; beyond the frame its edge rows and columns are repeated.</summary>
    private PixelBuffer Straighten(InspectedFrame frame, UprightMap map, WindowBounds bounds, StackTile tile, RingGuard guard)
    {
        var (height, stride) = (frame.Info.Height, StripPlan.WholeBlocks(tile.Width));
        var window = room.Window((long)bounds.Height * stride * plan.Channels);
        var (top, bottom) = (Math.Max(0, bounds.Top), Math.Min(height, bounds.Top + bounds.Height));
        room.Rows.Read(frame, map.IsUpsideDown ? height - bottom : top, bottom - top, (channel, frameRow, row) =>
        {
            var padded = Pad(row, map.IsUpsideDown);
            var y = map.IsUpsideDown ? height - 1 - frameRow : frameRow;
            var (first, last) = (y == 0 ? bounds.Top : y, y == height - 1 ? bounds.Top + bounds.Height - 1 : y);
            for (var v = Math.Min(first, y); v <= last; v++)
            {
                var (from, to) = map.Needed(tile.Left, tile.Width, tile.Top, tile.Height, v);
                var target = window.Slice(((((long)channel * bounds.Height) + (v - bounds.Top)) * stride) + from, to - from);
                UprightResampler.Straighten(padded, map, v, tile.Left + from, guard, target);
            }
        });
        return window;
    }

    private Span<float> Pad(ReadOnlySpan<float> row, bool isUpsideDown)
    {
        var padded = _padded.AsSpan(0, row.Length + (2 * Margin));
        var inner = padded.Slice(Margin, row.Length);
        row.CopyTo(inner);
        if (isUpsideDown)
            inner.Reverse();
        padded[..Margin].Fill(inner[0]);
        padded[^Margin..].Fill(inner[^1]);
        return padded;
    }
}
