namespace AstroJobs.Imaging.Stacking.Drizzling;

/// <summary>Counts on a tile of a drizzled result, too dark and too bright apart, the frames of which a rejected sample would have fallen on the pixel. One worker's own.</summary>
internal sealed class DrizzleMaps(long samples) : IDisposable
{
    public TouchedPixels Low { get; } = new(samples);

    public TouchedPixels High { get; } = new(samples);

    public static long BytesFor(long samples) => 2 * TouchedPixels.BytesFor(samples);

    /// <summary>Begins anew, with so many samples.</summary>
    public void Clear(int samples)
    {
        Low.Clear(samples);
        High.Clear(samples);
    }

    public void Dispose()
    {
        Low.Dispose();
        High.Dispose();
    }
}
