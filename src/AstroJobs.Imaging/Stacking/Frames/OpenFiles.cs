namespace AstroJobs.Imaging.Stacking.Frames;

/// <summary>Counts the readers that wait open over all frames: a thousand frames must not need a thousand open files.</summary>
internal sealed class OpenFiles(int most)
{
    private int _open;

    /// <returns>False when the reader must be closed.</returns>
    public bool TryKeep()
    {
        if (Interlocked.Increment(ref _open) <= most)
            return true;
        Interlocked.Decrement(ref _open);
        return false;
    }

    public void Take() => Interlocked.Decrement(ref _open);
}
