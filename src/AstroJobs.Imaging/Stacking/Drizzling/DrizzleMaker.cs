using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Drizzling;

/// <summary>
/// Drizzles frames on tiles of the result. A sample d of weight w that falls with area a on a pixel makes it (I·W + d·a·w)/(W + a·w) and its weight
/// W + a·w; areas are counted so that a frame that covers a pixel gives it 1 in all. Samples stay what a pixel of the frame holds, so that the sky
/// keeps its level, and the light of a star, summed over the result, is its own times the square of the scale. The square stays upright, also of a
/// turned frame (drizzlepac's "turbo" kernel). A sample of a mosaic falls on its own colour only: no colour is interpolated, but a pixel that no sample
/// reached is filled from those around it, since a hole in one colour tints the others.
/// </summary>
internal sealed class DrizzleMaker : ITileMaker
{
    private const int ChunkRows = 32;
    private const int Reach = 2; // of filling holes: of a mosaic's red and blue every second pixel and row, at twice the scale every fourth

    private readonly StripPlan _plan;
    private readonly DrizzleRequest _drizzle;
    private readonly Integration _integration;
    private readonly IReadOnlyList<RegisteredFrame> _frames;
    private readonly PixelBuffer _sums;
    private readonly PixelBuffer _weights;
    private readonly PixelBuffer _chunk;
    private readonly double[] _columns;
    private readonly double[] _rows;
    private readonly DrizzleJudge? _judge;
    private readonly DrizzleMaps? _maps;
    private readonly RejectionCount[] _counts;
    private StackTile _tile;

    public DrizzleMaker(StackPass pass)
    {
        var (plan, integration, frames) = pass;
        (_plan, _drizzle, _integration, _frames) = (plan, plan.Drizzle!, integration, frames);
        var widest = frames.Max(frame => frame.Frame.Info.Width);
        var samples = SamplesOf(plan);
        (_sums, _weights) = (new PixelBuffer(samples), new PixelBuffer(samples));
        _chunk = new PixelBuffer((long)ChunkRows * widest);
        (_columns, _rows) = (new double[widest], new double[widest]);
        _judge = integration.Model is { } model ? new DrizzleJudge(model, plan, integration.DrizzleLimits) : null;
        _maps = plan.HasMaps ? new DrizzleMaps(samples) : null;
        _counts = new RejectionCount[_judge is null ? 0 : frames.Count];
    }

    public IReadOnlyList<RejectionCount> Counts => _counts;

    public static long BytesFor(StripPlan plan, int widest) =>
        (SamplesOf(plan) * 2 * sizeof(float)) + DrizzleJudge.BytesFor(plan) + (plan.HasMaps ? DrizzleMaps.BytesFor(SamplesOf(plan)) : 0) + ((long)ChunkRows * widest * sizeof(float)) + (2L * widest * sizeof(double));

    public void Make(StackTile tile, StripBuffers strip, CancellationToken cancellation)
    {
        // With a border, so that holes are filled the same however the result is cut.
        var (left, top) = (Math.Max(0, tile.Left - Reach), Math.Max(0, tile.Top - Reach));
        var around = new StackTile(
            left, top, Math.Min(_plan.Width, tile.Left + tile.Width + Reach) - left, Math.Min(_plan.Height, tile.Top + tile.Height + Reach) - top);
        var samples = around.Width * around.Height * _plan.Channels;
        _sums.Slice(0, samples).Clear();
        _weights.Slice(0, samples).Clear();
        _maps?.Clear(samples);
        _tile = tile;
        _judge?.Begin(around);
        for (var i = 0; i < _frames.Count; i++)
            Add(i, around, cancellation);
        for (var channel = 0; channel < _plan.Channels; channel++)
        {
            for (var y = tile.Top; y < tile.Top + tile.Height; y++)
            {
                var start = ((((long)channel * tile.Height) + (y - tile.Top)) * _plan.Width) + tile.Left;
                var offset = around.OffsetOf(channel, y) + tile.Left - around.Left;
                var weights = _weights.Slice(offset, tile.Width);
                Divide(around, tile.Left, channel, y, weights, strip.Result.Slice(start, tile.Width));
                if (strip.Weights is not null)
                    weights.CopyTo(strip.Weights.Slice(start, tile.Width));
                _maps?.Low.Read(offset, strip.Low!.Slice(start, tile.Width));
                _maps?.High.Read(offset, strip.High!.Slice(start, tile.Width));
            }
        }
    }

    public void Dispose()
    {
        _sums.Dispose();
        _weights.Dispose();
        _chunk.Dispose();
        _judge?.Dispose();
        _maps?.Dispose();
    }

    private static long SamplesOf(StripPlan plan) => (plan.Rows + (2L * Reach)) * (plan.TileWidth + (2L * Reach)) * plan.Channels;

    private void Divide(StackTile around, int left, int channel, int y, ReadOnlySpan<float> weights, Span<float> result)
    {
        var factor = _integration.Mode == StackMode.Sum ? _frames.Count : 1;
        var sums = _sums.Slice(around.OffsetOf(channel, y) + left - around.Left, result.Length);
        for (var x = 0; x < result.Length; x++)
            result[x] = factor * (weights[x] > 0 ? sums[x] / weights[x] : Filled(around, channel, left + x, y));
    }

    /// <summary>The mean of what lies around; NaN where nothing does.</summary>
    private float Filled(StackTile around, int channel, int x, int y)
    {
        var (sum, total) = (0f, 0f);
        var (first, last) = (Math.Max(around.Left, x - Reach), Math.Min(around.Left + around.Width - 1, x + Reach));
        for (var row = Math.Max(around.Top, y - Reach); row <= Math.Min(around.Top + around.Height - 1, y + Reach); row++)
        {
            var offset = around.OffsetOf(channel, row) + first - around.Left;
            var weights = _weights.Slice(offset, last - first + 1);
            var sums = _sums.Slice(offset, last - first + 1);
            for (var i = 0; i < weights.Length; i++)
                (sum, total) = (sum + sums[i], total + weights[i]);
        }
        return sum / total; // 0 / 0 is NaN: no data
    }

    private void Add(int index, StackTile tile, CancellationToken cancellation)
    {
        var (frame, map) = (_frames[index].Frame, _frames[index].ToCanvas);
        var (width, height) = (frame.Info.Width, frame.Info.Height);
        // A square reaches at most a pixel of the frame beyond the tile; the bounds leave four.
        if (WindowBounds.Of(map, tile.Left - 1, tile.Top - 1, tile.Width + 2, tile.Height + 2, width, height) is not { } bounds)
            return;
        var (top, bottom) = (Math.Max(0, bounds.Top), Math.Min(height, bounds.Top + bounds.Height));
        var (left, right) = (Math.Max(0, bounds.Left), Math.Min(width, bounds.Left + bounds.Width));
        for (var channel = 0; channel < frame.Info.Channels; channel++)
        {
            for (var first = top; first < bottom; first += ChunkRows)
            {
                cancellation.ThrowIfCancellationRequested();
                var rows = Math.Min(ChunkRows, bottom - first);
                frame.Store.ReadRows(channel, first, _chunk.Slice(0, rows * width));
                for (var y = first; y < first + rows; y++)
                    AddRow(index, channel, y, left, _chunk.Slice(((long)(y - first) * width) + left, right - left), tile);
            }
        }
    }

    private void AddRow(int index, int channel, int y, int left, Span<float> row, StackTile tile)
    {
        var frame = _frames[index];
        var columns = _columns.AsSpan(0, row.Length);
        var lines = _rows.AsSpan(0, row.Length);
        DropPath.Fill(frame.ToCanvas, left, y, columns, lines);
        var pose = frame.ToCanvas.Plane;
        var half = 0.5 * _drizzle.PixelFraction * (pose.IsAffine ? pose.Scale : _drizzle.Scale);
        var share = (float)((_integration.Weights.IsEmpty ? 1 : _integration.Weights.Span[index]) / (_drizzle.PixelFraction * _drizzle.PixelFraction));
        var every = frame.Frame.IsMosaic ? 2 : 1; // along a row of a mosaic two colours alternate
        for (var first = 0; first < Math.Min(every, row.Length); first++)
        {
            var colour = frame.Frame.IsMosaic ? SkySampler.ColourOf(frame.Frame.Info.Metadata.Bayer!.Value, left + first, y) : channel;
            Fit(index, colour, y, left, row, first, every);
            for (var i = first; i < row.Length; i += every)
                Add(index, colour, new Drop(columns[i], lines[i], half), row[i], share, tile);
        }
    }

    /// <summary>Brings every so many-th sample to the sky of the reference, in place.</summary>
    private void Fit(int index, int channel, int y, int left, Span<float> row, int first, int every)
    {
        if (_integration.Fits.Count > 0)
        {
            var fit = _integration.Fits[index][channel];
            for (var i = first; i < row.Length; i += every)
                row[i] = (row[i] * fit.Factor) + fit.Offset;
        }
        _integration.Local?.ApplyToFrame(index, channel, left, y, row, first, every);
    }

    private void Add(int index, int channel, Drop drop, float value, float share, StackTile tile)
    {
        if (float.IsNaN(value))
            return;
        var verdict = Judge(index, channel, drop, value);
        if (verdict == 0)
            Fall(tile, channel, drop, value, share);
        else
            (verdict < 0 ? _maps?.Low : _maps?.High)?.Add(tile, channel, drop, index);
    }

    /// <returns>As <see cref="DrizzleJudge.Judge"/> says.</returns>
    private int Judge(int index, int channel, Drop drop, float value)
    {
        if (_judge is null)
            return 0;
        var (frame, factor) = (_frames[index].Frame, _integration.Fits.Count > 0 ? _integration.Fits[index][channel].Factor : 1);
        var verdict = _judge.Judge(channel, drop.X, drop.Y, value, frame.SampleNoise * factor, frame.Levels[channel].Level);
        // Around a tile its neighbours count.
        if (drop.X >= _tile.Left - 0.5 && drop.X < _tile.Left + _tile.Width - 0.5 && drop.Y >= _tile.Top - 0.5 && drop.Y < _tile.Top + _tile.Height - 0.5)
            _counts[index] += new RejectionCount(1, verdict < 0 ? 1 : 0, verdict > 0 ? 1 : 0);
        return verdict;
    }

    private void Fall(StackTile tile, int channel, Drop drop, float value, float share)
    {
        var (left, right) = drop.ColumnsOn(tile);
        var (top, bottom) = drop.RowsOn(tile);
        for (var row = top; row <= bottom; row++)
        {
            var high = drop.OnRow(row);
            if (!(high > 0) || left > right)
                continue;
            var offset = tile.OffsetOf(channel, row) - tile.Left;
            var sums = _sums.Slice(offset + left, right - left + 1);
            var weights = _weights.Slice(offset + left, right - left + 1);
            for (var i = 0; i < sums.Length; i++)
            {
                var wide = drop.OnColumn(left + i);
                if (!(wide > 0))
                    continue;
                var weight = (float)(wide * high) * share;
                sums[i] += value * weight;
                weights[i] += weight;
            }
        }
    }
}
