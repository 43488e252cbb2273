using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Stacking.Outliers;

namespace AstroJobs.Imaging.Stacking.Combining;

/// <summary>
/// Makes one tile of the result of the same tile on all frames. Frames are added in their order, whatever thread does it, so the
/// result does not depend on the number of threads. NaN is no data and takes no part.
/// </summary>
internal abstract class PixelCombiner : IDisposable
{
    /// <summary>What became of the samples of each frame; empty when nothing is rejected.</summary>
    public virtual IReadOnlyList<RejectionCount> Counts => [];

    /// <param name="samples">Samples of the largest tile, all channels.</param>
    public static PixelCombiner Create(Integration integration, int samples)
    {
        var (mode, frames) = (integration.Mode, integration.Frames);
        if (integration.Rejects)
        {
            var rule = OutlierRule.Create(integration.Rejection, integration.Limits, integration.SmallestSigma, frames);
            return new RejectionCombiner(rule, frames, samples, mode == StackMode.Sum ? frames : 1, integration.Weights);
        }
        return mode switch
        {
            StackMode.Mean or StackMode.Sum when integration.Weights.IsEmpty => new MeanCombiner(samples, mode == StackMode.Sum ? frames : 1),
            StackMode.Mean or StackMode.Sum => new WeightedMeanCombiner(samples, mode == StackMode.Sum ? frames : 1, integration.Weights),
            StackMode.Max => new ExtremeCombiner(samples, largest: true),
            StackMode.Min => new ExtremeCombiner(samples, largest: false),
            _ => new MedianCombiner(frames, samples),
        };
    }

    /// <summary>Begins a new tile.</summary>
    public abstract void Clear();

    /// <param name="frame">0 … frames − 1, ascending from call to call. A frame is added with all rows of the tile or not at all.</param>
    /// <param name="offset">Of the row's first sample in the tile.</param>
    public abstract void Add(int frame, int offset, ReadOnlySpan<float> row);

    /// <summary>Writes the samples from <paramref name="offset"/> on; NaN where no frame had data.</summary>
    public abstract void Finish(int offset, Span<float> result);

    /// <summary>How many frames were rejected below and above at each sample that the last <see cref="Finish"/> wrote.</summary>
    public virtual void ReadRejected(Span<float> low, Span<float> high)
    {
        low.Clear();
        high.Clear();
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
