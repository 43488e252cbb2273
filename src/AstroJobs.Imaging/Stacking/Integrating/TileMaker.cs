using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Stacking.Local;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Stacking.Trails;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>One worker's hands: lays each frame on a tile of the result and combines them.</summary>
internal sealed class TileMaker : ITileMaker
{
    private readonly StripPlan _plan;
    private readonly IReadOnlyList<RegisteredFrame> _frames;
    private readonly DrawingRoom _room;
    private readonly FrameDrawer _drawer;
    private readonly PixelBuffer _fitted;
    private readonly IReadOnlyList<IReadOnlyList<SampleFit>> _fits;
    private readonly PixelCombiner _combiner;
    private readonly GapFiller? _gaps;
    private readonly LocalFit? _local;
    private readonly SkyRow? _sky;
    private StackTile _tile;
    private PixelBuffer? _coverage;

    public TileMaker(StackPass pass)
    {
        var (plan, integration, frames) = pass;
        (_plan, _frames, _fits, _local) = (plan, frames, integration.Fits, integration.Local);
        _room = new DrawingRoom(plan, frames);
        _drawer = new FrameDrawer(pass, _room);
        _fitted = new PixelBuffer(plan.TileWidth);
        _sky = integration.Sky is { } sky ? new SkyRow(sky, plan.TileWidth) : null;
        _combiner = PixelCombiner.Create(integration, plan.Rows * plan.TileWidth * plan.Channels);
        _gaps = integration.Gaps is { } gaps ? new GapFiller(plan, gaps, frames, _room.Rows) : null;
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
            var frame = i;
            _drawer.Draw(frame, tile, (channel, y, row) => Add(frame, channel, y, row), cancellation);
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
        _room.Dispose();
        _fitted.Dispose();
        _sky?.Dispose();
        _combiner.Dispose();
        _gaps?.Dispose();
    }

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
}
