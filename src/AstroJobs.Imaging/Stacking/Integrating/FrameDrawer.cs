using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>Draws frames as they lie on a tile of the result, each by the shortest way. One worker's own.</summary>
internal sealed class FrameDrawer
{
    // Noise alone takes an interpolated pixel hardly ever so far below its four neighbours; a dark ring goes further.
    private const double UndershootSigmas = 1.5;

    private readonly StripPlan _plan;
    private readonly IReadOnlyList<RegisteredFrame> _frames;
    private readonly bool _sparesLonePixels;
    private readonly DrawingRoom _room;
    private readonly UprightMap?[] _upright;
    private readonly UprightDrawer _uprightDrawer;
    private readonly WindowDrawer _windowDrawer;

    /// <param name="room">Whoever made it disposes of it.</param>
    public FrameDrawer(StackPass pass, DrawingRoom room)
    {
        (_plan, _frames, _sparesLonePixels, _room) = (pass.Plan, pass.Frames, pass.Integration.CountsEverySample, room);
        _upright = [.. _frames.Select(_plan.UprightOf)];
        (_uprightDrawer, _windowDrawer) = (new UprightDrawer(_plan, room), new WindowDrawer(_plan, room));
    }

    /// <param name="index">Of the frame.</param>
    /// <param name="sink">Takes each row that the frame has on the tile, as wide as the tile; NaN where there is no frame.</param>
    public void Draw(int index, StackTile tile, RowSink sink, CancellationToken cancellation)
    {
        var frame = _frames[index];
        if (frame.IsInPlaceOn(_plan.Width, _plan.Height))
        {
            _room.Rows.Read(frame.Frame, tile.Top, tile.Height, (channel, y, row) => sink(channel, y, row.Slice(tile.Left, tile.Width)));
            return;
        }
        var (width, height) = (frame.Frame.Info.Width, frame.Frame.Info.Height);
        if (WindowBounds.Of(frame.ToCanvas, tile.Left, tile.Top, tile.Width, tile.Height, width, height) is not { } bounds)
            return;
        var guard = new RingGuard((float)(UndershootSigmas * frame.Frame.ChannelNoise), _sparesLonePixels);
        if (_upright[index] is { } upright)
            _uprightDrawer.Draw(frame.Frame, upright, bounds, tile, guard, sink, cancellation);
        else
            _windowDrawer.Draw(frame, bounds, tile, guard, sink, cancellation);
    }
}
