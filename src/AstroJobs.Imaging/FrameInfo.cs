namespace AstroJobs.Imaging;

/// <summary>The size, layout and story of a picture, known before its pixels are read.</summary>
/// <param name="Channels">1 (mono or mosaic) or 3 (red, green, blue).</param>
public sealed record FrameInfo(int Width, int Height, int Channels, SampleFormat Format, FrameMetadata Metadata)
{
    public long PixelCount => (long)Width * Height;

    /// <summary>How many whole rows <paramref name="samples"/> samples are.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not whole rows, or not all within the picture.</exception>
    internal int CountRows(int channel, int firstRow, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, Channels);
        ArgumentOutOfRangeException.ThrowIfNegative(firstRow);
        ArgumentOutOfRangeException.ThrowIfNotEqual(samples % Width, 0, nameof(samples));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstRow + (samples / Width), Height, nameof(firstRow));
        return samples / Width;
    }
}
