using AstroJobs.Imaging.Stacking.Combining;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>One worker's hands: makes tiles of the result of all frames.</summary>
internal interface ITileMaker : IDisposable
{
    /// <summary>What became of the samples of each frame so far; empty when nothing is rejected.</summary>
    IReadOnlyList<RejectionCount> Counts { get; }

    /// <param name="strip">The tile's part of it is written.</param>
    void Make(StackTile tile, StripBuffers strip, CancellationToken cancellation);
}
