using AstroJobs.Imaging.Stacking.Combining;

namespace AstroJobs.Imaging.Stacking.Checkpoints;

/// <summary>How much of the result is there.</summary>
/// <param name="Strips">So many from the top are finished.</param>
/// <param name="Rejected">What was rejected of each frame in them; empty when nothing is.</param>
internal sealed record KeptStrips(int Strips, IReadOnlyList<RejectionCount> Rejected)
{
    public static KeptStrips None { get; } = new(0, []);
}
