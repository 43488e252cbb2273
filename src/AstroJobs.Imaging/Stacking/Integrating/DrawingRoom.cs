using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>The memory in which one worker draws one frame after another.</summary>
internal sealed class DrawingRoom : IDisposable
{
    private PixelBuffer _window;
    private readonly PixelBuffer _lines;

    public DrawingRoom(StripPlan plan, IReadOnlyList<RegisteredFrame> frames)
    {
        WidestFrame = frames.Max(frame => frame.Frame.Info.Width);
        Rows = new FrameRows(WidestFrame, plan.Demosaic);
        _window = new PixelBuffer(plan.LargestWindow(frames) * plan.Channels);
        _lines = new PixelBuffer((long)StripPlan.WholeBlocks(plan.TileWidth) * plan.Channels * UprightMap.MostLines);
    }

    public int WidestFrame { get; }

    public FrameRows Rows { get; }

    /// <summary>What a tile sees of a frame. A bent frame's window may be larger than was foreseen: room is made for it.</summary>
    public PixelBuffer Window(long samples)
    {
        if (samples > _window.Samples)
        {
            _window.Dispose();
            _window = new PixelBuffer(samples);
        }
        return _window;
    }

    /// <summary>Some rows of the tile.</summary>
    public Span<float> Lines(int samples) => _lines.Slice(0, samples);

    public void Dispose()
    {
        Rows.Dispose();
        _window.Dispose();
        _lines.Dispose();
    }
}
