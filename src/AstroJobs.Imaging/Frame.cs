namespace AstroJobs.Imaging;

/// <summary>
/// A picture in memory: 32-bit float samples, channel by channel, each row-major with the top row first.
/// Integer ADU are scaled to [0,1] by the full range of their format; floats are as stored. Pixel centres have whole coordinates:
/// the top left pixel's centre is (0, 0), x grows to the right and y downwards.
/// </summary>
public sealed class Frame : IDisposable
{
    private readonly PixelBuffer _samples;

    /// <param name="channels">1 (mono or mosaic) or 3 (red, green, blue).</param>
    public Frame(int width, int height, int channels, FrameMetadata? metadata = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)width * height, int.MaxValue, nameof(height));
        (Width, Height, Channels, Metadata) = (width, height, channels, metadata ?? FrameMetadata.None);
        _samples = new PixelBuffer((long)width * height * channels);
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    public FrameMetadata Metadata { get; set; }

    public int PixelCount => Width * Height;

    public Span<float> Plane(int channel) => _samples.Slice((long)channel * PixelCount, PixelCount);

    public Span<float> Row(int channel, int y) => _samples.Slice(((long)channel * PixelCount) + ((long)y * Width), Width);

    /// <summary>Rows <paramref name="firstRow"/> to <paramref name="firstRow"/> + <paramref name="count"/> − 1 of one channel.</summary>
    public Span<float> Rows(int channel, int firstRow, int count) =>
        _samples.Slice(((long)channel * PixelCount) + ((long)firstRow * Width), count * Width);

    public void Dispose() => _samples.Dispose();
}
