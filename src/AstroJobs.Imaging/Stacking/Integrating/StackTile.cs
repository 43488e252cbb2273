namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>A rectangle of the result.</summary>
internal readonly record struct StackTile(int Left, int Top, int Width, int Height)
{
    /// <summary>Where a row of one channel begins in the tile's memory: channel by channel, each row-major.</summary>
    public int OffsetOf(int channel, int y) => ((channel * Height) + (y - Top)) * Width;
}
