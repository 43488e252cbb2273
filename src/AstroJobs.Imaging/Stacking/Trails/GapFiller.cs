using System.Numerics;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Trails;

/// <summary>
/// Fills the gaps of star trails on one tile. Of two frames a and b, one after the other, what both show stands still: m = min(a, b). What only
/// one shows has moved: a − m is the end of a trail, b − m its next beginning. A pixel between them is m + min(A, B), A the brightest of a − m on the way
/// back along the motion, B the brightest of b − m on the way ahead, as far as the stars came in the gap and a little more. Houses and trees have no A and B.
/// One worker's own.
/// </summary>
internal sealed class GapFiller(StripPlan plan, TrailGaps gaps, IReadOnlyList<RegisteredFrame> frames, FrameRows rows) : IDisposable
{
    private const double Margin = 2; // pixels: the end of a trail is blurred, full brightness begins behind it
    private const int Block = 32; // columns in which the motion is taken to be one

    private readonly PixelBuffer _before = new(BufferSamples(plan, gaps));
    private readonly PixelBuffer _after = new(BufferSamples(plan, gaps));
    private readonly PixelBuffer _still = new(BufferSamples(plan, gaps));
    private readonly PixelBuffer _row = new(plan.TileWidth);

    /// <summary>Takes a row of the tile that belongs to the frame before a gap.</summary>
    public delegate void TrailSink(int frame, int channel, int y, ReadOnlySpan<float> row);

    public void Fill(StackTile tile, TrailSink sink, CancellationToken cancellation)
    {
        foreach (var gap in gaps.Gaps)
        {
            cancellation.ThrowIfCancellationRequested();
            var window = new Window(tile, ReachOf(gaps, gap.Seconds));
            Read(frames[gap.Before].Frame, window, _before);
            Read(frames[gap.After].Frame, window, _after);
            var samples = window.Samples * plan.Channels;
            TakeOffStill(_before.Slice(0, samples), _after.Slice(0, samples), _still.Slice(0, samples));
            for (var channel = 0; channel < plan.Channels; channel++)
            {
                for (var y = tile.Top; y < tile.Top + tile.Height; y++)
                    sink(gap.Before, channel, y, Bridge(gap, window, channel, y));
            }
        }
    }

    public void Dispose()
    {
        _before.Dispose();
        _after.Dispose();
        _still.Dispose();
        _row.Dispose();
    }

    private static int ReachOf(TrailGaps gaps, double seconds) => (int)Math.Ceiling((gaps.Motion.Fastest * seconds) + Margin) + 2;

    private static long BufferSamples(StripPlan plan, TrailGaps gaps)
    {
        var reach = ReachOf(gaps, gaps.Gaps.Max(gap => gap.Seconds));
        return (plan.Rows + (2L * reach)) * (plan.TileWidth + (2L * reach)) * plan.Channels;
    }

    /// <summary>Beyond the frame there is nothing, 0.</summary>
    private void Read(InspectedFrame frame, Window window, PixelBuffer buffer)
    {
        buffer.Slice(0, window.Samples * plan.Channels).Clear();
        var (top, bottom) = (Math.Max(0, window.Top), Math.Min(frame.Info.Height, window.Top + window.Height));
        var (left, right) = (Math.Max(0, window.Left), Math.Min(frame.Info.Width, window.Left + window.Width));
        rows.Read(frame, top, bottom - top, (channel, y, row) => row[left..right].CopyTo(buffer.Slice(window.OffsetOf(channel, left, y), right - left)));
    }

    private static void TakeOffStill(Span<float> before, Span<float> after, Span<float> still)
    {
        var i = 0;
        for (; i <= still.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var (a, b) = (new Vector<float>(before[i..]), new Vector<float>(after[i..]));
            var least = Vector.MinNative(a, b);
            (a - least).CopyTo(before[i..]);
            (b - least).CopyTo(after[i..]);
            least.CopyTo(still[i..]);
        }
        for (; i < still.Length; i++)
        {
            still[i] = Math.Min(before[i], after[i]);
            (before[i], after[i]) = (before[i] - still[i], after[i] - still[i]);
        }
    }

    private Span<float> Bridge(TrailGap gap, Window window, int channel, int y)
    {
        var tile = window.Tile;
        var result = _row.Slice(0, tile.Width);
        Span<float> back = stackalloc float[Block];
        Span<float> ahead = stackalloc float[Block];
        for (var x = 0; x < tile.Width; x += Block)
        {
            var count = Math.Min(Block, tile.Width - x);
            var (vx, vy) = gaps.Motion.At(tile.Left + x + (count / 2), y);
            var speed = Math.Sqrt((vx * vx) + (vy * vy));
            var (dx, dy) = speed > 0 ? (vx / speed, vy / speed) : (0, 0);
            var steps = (int)Math.Ceiling((speed * gap.Seconds) + Margin);
            (back[..count]).Clear();
            (ahead[..count]).Clear();
            for (var step = 0; step <= steps; step++)
            {
                KeepGreater(back[..count], _before, window, channel, tile.Left + x - (step * dx), y - (step * dy));
                KeepGreater(ahead[..count], _after, window, channel, tile.Left + x + (step * dx), y + (step * dy));
            }
            var still = _still.Slice(window.OffsetOf(channel, tile.Left + x, y), count);
            for (var i = 0; i < count; i++)
                result[x + i] = still[i] + Math.Min(back[i], ahead[i]);
        }
        return result;
    }

    /// <summary>Samples from (x, y) on to the right, bilinear: on whole pixels a thin slanted trail would become a string of beads.</summary>
    private static void KeepGreater(Span<float> kept, PixelBuffer samples, Window window, int channel, double x, double y)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (right, down) = ((float)(x - left), (float)(y - top));
        ReadOnlySpan<float> above = samples.Slice(window.OffsetOf(channel, left, top), kept.Length + 1);
        ReadOnlySpan<float> below = samples.Slice(window.OffsetOf(channel, left, top + 1), kept.Length + 1);
        var (a, b, c, d) = ((1 - right) * (1 - down), right * (1 - down), (1 - right) * down, right * down);
        var i = 0;
        for (; i <= kept.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var sample = (new Vector<float>(above[i..]) * a) + (new Vector<float>(above[(i + 1)..]) * b) + (new Vector<float>(below[i..]) * c) + (new Vector<float>(below[(i + 1)..]) * d);
            Vector.MaxNative(new Vector<float>(kept[i..]), sample).CopyTo(kept[i..]);
        }
        for (; i < kept.Length; i++)
            kept[i] = Math.Max(kept[i], (above[i] * a) + (above[i + 1] * b) + (below[i] * c) + (below[i + 1] * d));
    }

    /// <summary>The tile and so many pixels more on each side.</summary>
    private readonly record struct Window(StackTile Tile, int Reach)
    {
        public int Left => Tile.Left - Reach;

        public int Top => Tile.Top - Reach;

        public int Width => Tile.Width + (2 * Reach);

        public int Height => Tile.Height + (2 * Reach);

        /// <summary>Of one channel.</summary>
        public int Samples => Width * Height;

        public long OffsetOf(int channel, int x, int y) => ((((long)channel * Height) + (y - Top)) * Width) + (x - Left);
    }
}
