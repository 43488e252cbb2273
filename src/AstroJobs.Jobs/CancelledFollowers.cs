namespace AstroJobs.Jobs;

/// <summary>What a cancel found of the jobs that follow one which is over, the oldest first.</summary>
/// <param name="Cancelled">Those that had not started.</param>
/// <param name="Running">Those that had: they run on.</param>
public sealed record CancelledFollowers(IReadOnlyList<JobId> Cancelled, IReadOnlyList<JobId> Running)
{
    public static CancelledFollowers None { get; } = new([], []);
}
