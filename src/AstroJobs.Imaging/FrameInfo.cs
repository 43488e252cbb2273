namespace AstroJobs.Imaging;

/// <summary>The size, layout and story of a picture, known before its pixels are read.</summary>
/// <param name="Channels">1 (mono or mosaic) or 3 (red, green, blue).</param>
public sealed record FrameInfo(int Width, int Height, int Channels, SampleFormat Format, FrameMetadata Metadata)
{
    public long PixelCount => (long)Width * Height;
}
