using AstroJobs.Imaging.Stacking.Checkpoints;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>Takes the strips of a result in their order, one thread at a time.</summary>
internal abstract class StripSink
{
    /// <summary>Strips that are there already.</summary>
    public virtual KeptStrips Finished => KeptStrips.None;

    /// <param name="rows">Whole rows of one channel from <paramref name="firstRow"/> on; NaN is no data.</param>
    public abstract void Write(int channel, int firstRow, ReadOnlySpan<float> rows);

    /// <summary>How many frames were rejected below and above at the same samples.</summary>
    public virtual void WriteRejected(int channel, int firstRow, ReadOnlySpan<float> low, ReadOnlySpan<float> high)
    {
    }

    /// <summary>How many frames' light each sample got.</summary>
    public virtual void WriteWeights(int channel, int firstRow, ReadOnlySpan<float> rows)
    {
    }

    /// <summary>How many frames show each pixel.</summary>
    public virtual void WriteCoverage(int firstRow, ReadOnlySpan<float> rows)
    {
    }

    /// <summary>After each strip.</summary>
    public virtual void Keep(KeptStrips strips)
    {
    }
}
