namespace AstroJobs.Imaging.Stacking;

/// <summary>
/// Makes one tile of the result of the same tile on all frames. Frames are added in their order, whatever thread does it, so the
/// result does not depend on the number of threads. NaN is no data and takes no part.
/// </summary>
internal abstract class PixelCombiner : IDisposable
{
    /// <param name="frames">How many frames will be added at most.</param>
    /// <param name="samples">Samples of the largest tile, all channels.</param>
    public static PixelCombiner Create(StackMode mode, int frames, int samples) => mode switch
    {
        StackMode.Mean => new MeanCombiner(samples, 1),
        StackMode.Sum => new MeanCombiner(samples, frames),
        StackMode.Max => new ExtremeCombiner(samples, largest: true),
        StackMode.Min => new ExtremeCombiner(samples, largest: false),
        _ => new MedianCombiner(frames, samples),
    };

    /// <summary>Memory for one sample of the tile.</summary>
    public static long BytesPerSample(StackMode mode, int frames) => mode switch
    {
        StackMode.Mean or StackMode.Sum => sizeof(float) + sizeof(int),
        StackMode.Max or StackMode.Min => sizeof(float),
        _ => (long)frames * sizeof(float),
    };

    /// <summary>Begins a new tile.</summary>
    public abstract void Clear();

    /// <param name="frame">0 … frames − 1, ascending from call to call.</param>
    /// <param name="offset">Of the row's first sample in the tile.</param>
    public abstract void Add(int frame, int offset, ReadOnlySpan<float> row);

    /// <summary>Writes the samples from <paramref name="offset"/> on; NaN where no frame had data.</summary>
    public abstract void Finish(int offset, Span<float> result);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
