namespace AstroJobs.Jobs.Housekeeping;

/// <summary>What a prune took, or would take.</summary>
/// <param name="Pruned">The oldest end first.</param>
/// <param name="Kept">How many jobs are left in the store, those that cannot be read included.</param>
/// <param name="Failures">Jobs that should have gone and could not be deleted.</param>
public sealed record PruneReport(IReadOnlyList<StoredJob> Pruned, int Kept, IReadOnlyList<JobError> Failures)
{
    public long BytesFreed => Pruned.Sum(static job => job.Bytes.Value);
}
