namespace AstroJobs.Imaging.Stacking.Frames;

/// <summary>A frame after its first look: any rows of it at any time, from several threads.</summary>
internal abstract class FrameStore : IDisposable
{
    /// <summary>Whole rows of one channel, as <see cref="FrameReader.ReadRows"/> gives them.</summary>
    public abstract void ReadRows(int channel, int firstRow, Span<float> rows);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
