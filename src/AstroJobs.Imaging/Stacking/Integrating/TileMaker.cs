using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Stacking.Local;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Stacking.Trails;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>One worker's hands: lays each frame on a tile of the result and combines them.</summary>
internal sealed class TileMaker : ITileMaker
{
    // Noise alone takes an interpolated pixel hardly ever so far below its four neighbours; a dark ring goes further.
    private const double UndershootSigmas = 1.5;

    private readonly StripPlan _plan;
    private readonly IReadOnlyList<RegisteredFrame> _frames;
    private readonly UprightMap?[] _upright;
    private readonly FrameRows _rows;
    private PixelBuffer _window;
    private readonly PixelBuffer _drawn;
    private readonly PixelBuffer _fitted;
    private readonly PixelBuffer _padded;
    private readonly double[] _columns;
    private readonly double[] _lines;
    private readonly IReadOnlyList<IReadOnlyList<SampleFit>> _fits;
    private readonly PixelCombiner _combiner;
    private readonly GapFiller? _gaps;
    private readonly LocalFit? _local;
    private readonly bool _sparesLonePixels;
    private readonly SkyRow? _sky;
    private StackTile _tile;
    private PixelBuffer? _coverage;

    public TileMaker(StackPass pass)
    {
        var (plan, integration, frames) = pass;
        (_plan, _frames, _fits, _local, _sparesLonePixels) = (plan, frames, integration.Fits, integration.Local, integration.CountsEverySample);
        _upright = [.. frames.Select(frame => plan.UprightOf(frame))];
        _rows = new FrameRows(frames.Max(frame => frame.Frame.Info.Width), plan.Demosaic);
        _window = new PixelBuffer(plan.LargestWindow(frames) * plan.Channels);
        _drawn = new PixelBuffer((long)StripPlan.WholeBlocks(plan.TileWidth) * plan.Channels * UprightMap.MostLines);
        _fitted = new PixelBuffer(plan.TileWidth);
        _sky = integration.Sky is { } sky ? new SkyRow(sky, plan.TileWidth) : null;
        _padded = new PixelBuffer(frames.Max(frame => frame.Frame.Info.Width) + (2L * UprightResampler.Margin));
        (_columns, _lines) = (new double[plan.TileWidth], new double[plan.TileWidth]);
        _combiner = PixelCombiner.Create(integration, plan.Rows * plan.TileWidth * plan.Channels);
        _gaps = integration.Gaps is { } gaps ? new GapFiller(plan, gaps, frames, _rows) : null;
    }

    public IReadOnlyList<RejectionCount> Counts => _combiner.Counts;

    /// <param name="strip">The tile's part of it is written.</param>
    public void Make(StackTile tile, StripBuffers strip, CancellationToken cancellation)
    {
        _combiner.Clear();
        BeginCoverage(tile, strip);
        for (var i = 0; i < _frames.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_frames[i].IsInPlaceOn(_plan.Width, _plan.Height))
                AddInPlace(i, tile);
            else if (_upright[i] is { } upright)
                AddUpright(i, upright, tile, cancellation);
            else
                AddResampled(i, tile, cancellation);
        }
        _gaps?.Fill(tile, (frame, channel, y, row) => AddFitted(frame, channel, y, row), cancellation);
        for (var channel = 0; channel < _plan.Channels; channel++)
        {
            for (var y = 0; y < tile.Height; y++)
            {
                var start = ((((long)channel * tile.Height) + y) * _plan.Width) + tile.Left;
                _combiner.Finish(tile.OffsetOf(channel, tile.Top + y), strip.Result.Slice(start, tile.Width));
                if (_plan.HasMaps)
                    _combiner.ReadRejected(strip.Low!.Slice(start, tile.Width), strip.High!.Slice(start, tile.Width));
            }
        }
    }

    public void Dispose()
    {
        _rows.Dispose();
        _window.Dispose();
        _drawn.Dispose();
        _fitted.Dispose();
        _sky?.Dispose();
        _padded.Dispose();
        _combiner.Dispose();
        _gaps?.Dispose();
    }

    private void AddInPlace(int index, StackTile tile) =>
        _rows.Read(_frames[index].Frame, tile.Top, tile.Height, (channel, y, row) =>
            Add(index, channel, y, row.Slice(tile.Left, tile.Width)));

    private void AddUpright(int index, UprightMap map, StackTile tile, CancellationToken cancellation)
    {
        var frame = _frames[index].Frame;
        var (width, height) = (frame.Info.Width, frame.Info.Height);
        if (WindowBounds.Of(_frames[index].ToCanvas, tile.Left, tile.Top, tile.Width, tile.Height, width, height) is not { } bounds)
            return;
        if (map.IsUpsideDown)
            bounds = bounds.UpsideDown(width, height);
        var guard = GuardOf(frame);
        var stride = StripPlan.WholeBlocks(tile.Width);
        Straighten(frame, map, bounds, tile, stride, guard);
        var straightened = new StraightenedRows(_window.Slice(0, bounds.Height * stride * _plan.Channels), _plan.Channels, stride, bounds.Top);
        Span<(int From, int To)> inside = stackalloc (int, int)[UprightMap.MostLines];
        for (var (y, bottom) = (tile.Top, tile.Top + tile.Height); y < bottom;)
        {
            cancellation.ThrowIfCancellationRequested();
            var lines = inside[..Math.Min(map.Lines - (y % map.Lines), bottom - y)];
            for (var i = 0; i < lines.Length; i++)
                lines[i] = map.Inside(tile.Left, tile.Width, y + i, width, height);
            var drawn = _drawn.Slice(0, lines.Length * _plan.Channels * stride);
            UprightResampler.Rows(straightened, map, tile.Left, y, lines, guard, drawn);
            for (var i = 0; i < lines.Length * _plan.Channels; i++)
                Add(index, i % _plan.Channels, y + (i / _plan.Channels), drawn.Slice(i * stride, tile.Width));
            y += lines.Length;
        }
    }

    /// <summary>The first pass, of each row as it is read; beyond the frame its edge rows and columns are repeated.</summary>
    private void Straighten(InspectedFrame frame, UprightMap map, WindowBounds bounds, StackTile tile, int stride, RingGuard guard)
    {
        const int margin = UprightResampler.Margin;
        var (width, height) = (frame.Info.Width, frame.Info.Height);
        var (top, bottom) = (Math.Max(0, bounds.Top), Math.Min(height, bounds.Top + bounds.Height));
        _rows.Read(frame, map.IsUpsideDown ? height - bottom : top, bottom - top, (channel, frameRow, row) =>
        {
            var padded = _padded.Slice(0, width + (2 * margin));
            row.CopyTo(padded[margin..]);
            if (map.IsUpsideDown)
                padded.Slice(margin, width).Reverse();
            padded[..margin].Fill(padded[margin]);
            padded[(margin + width)..].Fill(padded[margin + width - 1]);
            var y = map.IsUpsideDown ? height - 1 - frameRow : frameRow;
            var (first, last) = (y == 0 ? bounds.Top : y, y == height - 1 ? bounds.Top + bounds.Height - 1 : y);
            for (var v = Math.Min(first, y); v <= last; v++)
            {
                var (from, to) = map.Needed(tile.Left, tile.Width, tile.Top, tile.Height, v);
                var target = _window.Slice(((((long)channel * bounds.Height) + (v - bounds.Top)) * stride) + from, to - from);
                UprightResampler.Straighten(padded, map, v, tile.Left + from, guard, target);
            }
        });
    }

    private void AddResampled(int index, StackTile tile, CancellationToken cancellation)
    {
        var frame = _frames[index].Frame;
        var (width, height) = (frame.Info.Width, frame.Info.Height);
        var map = _frames[index].ToCanvas;
        if (WindowBounds.Of(map, tile.Left, tile.Top, tile.Width, tile.Height, width, height) is not { } bounds)
            return;
        if (bounds.Samples * _plan.Channels > _window.Samples)
        {
            _window.Dispose();
            _window = new PixelBuffer(bounds.Samples * _plan.Channels);
        }
        var window = new SourceWindow(_window, bounds, _plan.Channels);
        Fill(window, frame);
        var guard = GuardOf(frame);
        var row = _drawn.Slice(0, tile.Width);
        var isStraight = map.IsAffine && _plan.Kernel == ResamplingKernel.Lanczos4;
        for (var y = tile.Top; y < tile.Top + tile.Height; y++)
        {
            cancellation.ThrowIfCancellationRequested();
            var columns = _columns.AsSpan(0, tile.Width);
            var lines = _lines.AsSpan(0, tile.Width);
            if (!isStraight)
                SourcePath.Fill(map, tile.Left, y, columns, lines);
            for (var channel = 0; channel < _plan.Channels; channel++)
            {
                if (isStraight)
                    Resampler.Row(window.Plane(channel), bounds, map.PlaneBack, tile.Left, y, width, height, guard, row);
                else
                    MappedResampler.Row(_plan.Kernel, window.Plane(channel), bounds, columns, lines, width, height, guard, row);
                Add(index, channel, y, row);
            }
        }
    }

    private RingGuard GuardOf(InspectedFrame frame) => new((float)(UndershootSigmas * frame.ChannelNoise), _sparesLonePixels);

    private void BeginCoverage(StackTile tile, StripBuffers strip)
    {
        (_tile, _coverage) = (tile, strip.Coverage);
        for (var y = 0; y < tile.Height; y++)
            _coverage?.Slice(((long)y * _plan.Width) + tile.Left, tile.Width).Clear();
    }

    private void Count(int y, ReadOnlySpan<float> row)
    {
        var counts = _coverage!.Slice(((long)(y - _tile.Top) * _plan.Width) + _tile.Left, row.Length);
        for (var x = 0; x < row.Length; x++)
            counts[x] += float.IsNaN(row[x]) ? 0 : 1;
    }

    private void Add(int index, int channel, int y, ReadOnlySpan<float> row)
    {
        if (channel == 0 && _coverage is not null)
            Count(y, row);
        AddFitted(index, channel, y, row);
    }

    private void AddFitted(int index, int channel, int y, ReadOnlySpan<float> row)
    {
        var fit = _fits.Count == 0 ? SampleFit.None : _fits[index][channel];
        if (fit == SampleFit.None && _local is null && _sky is null)
        {
            _combiner.Add(index, _tile.OffsetOf(channel, y), row);
            return;
        }
        var fitted = _fitted.Slice(0, row.Length);
        fit.Apply(row, fitted);
        _local?.Apply(index, channel, _tile.Left, y, fitted);
        _sky?.Apply(index, _tile.Left, y, fitted);
        _combiner.Add(index, _tile.OffsetOf(channel, y), fitted);
    }

    private void Fill(SourceWindow window, InspectedFrame frame)
    {
        var bounds = window.Bounds;
        var (top, bottom) = (Math.Max(0, bounds.Top), Math.Min(frame.Info.Height, bounds.Top + bounds.Height));
        var (left, right) = (Math.Max(0, bounds.Left), Math.Min(frame.Info.Width, bounds.Left + bounds.Width));
        _rows.Read(frame, top, bottom - top, (channel, y, row) =>
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
