namespace AstroJobs.Imaging;

/// <summary>
/// A picture being written. Rows may come in strips, top down, channel by channel within a strip; nothing stands under the
/// final name until <see cref="Commit"/>, and a writer disposed without it leaves nothing behind.
/// </summary>
public abstract class FrameWriter(FrameInfo info) : IDisposable
{
    public FrameInfo Info { get; } = info;

    /// <param name="rows">Whole rows of one channel, top down from <paramref name="firstRow"/>; samples scaled as in <see cref="Frame"/>.</param>
    public abstract void WriteRows(int channel, int firstRow, ReadOnlySpan<float> rows);

    /// <summary>Completes, syncs and renames the file into place.</summary>
    public abstract void Commit();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
