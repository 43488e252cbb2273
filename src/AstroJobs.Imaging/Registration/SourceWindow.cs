namespace AstroJobs.Imaging.Registration;

/// <summary>
/// A rectangle of one frame's pixels in memory, as far as one tile of the result needs it. It reaches beyond the frame's edges, where
/// the edge pixel is repeated, so that the kernel never asks where it is.
/// </summary>
internal sealed class SourceWindow(PixelBuffer samples, WindowBounds bounds, int channels)
{
    public WindowBounds Bounds { get; } = bounds;

    public int Channels { get; } = channels;

    public int Width => Bounds.Width;

    /// <summary>One whole channel of the window, row-major.</summary>
    public Span<float> Plane(int channel) => samples.Slice((long)channel * Bounds.Samples, checked((int)Bounds.Samples));

    /// <param name="y">In frame coordinates.</param>
    public Span<float> Row(int channel, int y) =>
        samples.Slice(((long)channel * Bounds.Samples) + ((long)(y - Bounds.Top) * Bounds.Width), Bounds.Width);
}
