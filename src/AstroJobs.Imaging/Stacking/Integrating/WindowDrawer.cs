using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>Draws frames that lie on the result in any way: what the tile sees of one is read whole, then each row is taken from it.</summary>
internal sealed class WindowDrawer(StripPlan plan, DrawingRoom room)
{
    private readonly double[] _columns = new double[plan.TileWidth];
    private readonly double[] _lines = new double[plan.TileWidth];

    /// <param name="bounds">What the tile needs of the frame.</param>
    public void Draw(RegisteredFrame frame, WindowBounds bounds, StackTile tile, RingGuard guard, RowSink sink, CancellationToken cancellation)
    {
        var (map, width, height) = (frame.ToCanvas, frame.Frame.Info.Width, frame.Frame.Info.Height);
        var window = new SourceWindow(room.Window(bounds.Samples * plan.Channels), bounds, plan.Channels);
        Fill(window, frame.Frame);
        var row = room.Lines(tile.Width);
        var isStraight = map.IsAffine && plan.Kernel == ResamplingKernel.Lanczos4;
        for (var y = tile.Top; y < tile.Top + tile.Height; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            var columns = _columns.AsSpan(0, tile.Width);
            var lines = _lines.AsSpan(0, tile.Width);
            if (!isStraight)
                SourcePath.Fill(map, tile.Left, y, columns, lines);
            for (var channel = 0; channel < plan.Channels; channel++)
            {
                if (isStraight)
                    Resampler.Row(window.Plane(channel), bounds, map.PlaneBack, tile.Left, y, width, height, guard, row);
                else
                    MappedResampler.Row(plan.Kernel, window.Plane(channel), bounds, columns, lines, width, height, guard, row);
                sink(channel, y, row);
            }
        }
    }

    /// <summary>Beyond the frame its edge rows and columns are repeated.</summary>
    private void Fill(SourceWindow window, InspectedFrame frame)
    {
        var bounds = window.Bounds;
        var (top, bottom) = (Math.Max(0, bounds.Top), Math.Min(frame.Info.Height, bounds.Top + bounds.Height));
        var (left, right) = (Math.Max(0, bounds.Left), Math.Min(frame.Info.Width, bounds.Left + bounds.Width));
        room.Rows.Read(frame, top, bottom - top, (channel, y, row) =>
        {
            var target = window.Row(channel, y);
            var (before, inside) = (left - bounds.Left, right - left);
            row.Slice(left, inside).CopyTo(target[before..]);
            target[..before].Fill(row[left]);
            target[(before + inside)..].Fill(row[right - 1]);
        });
        for (var channel = 0; channel < window.Channels; channel++)
        {
            for (var y = bounds.Top; y < top; y++)
                window.Row(channel, top).CopyTo(window.Row(channel, y));
            for (var y = bottom; y < bounds.Top + bounds.Height; y++)
                window.Row(channel, bottom - 1).CopyTo(window.Row(channel, y));
        }
    }
}
