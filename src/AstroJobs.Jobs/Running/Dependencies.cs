using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>What a job's <c>after</c> and <c>after_any</c> lists say now.</summary>
/// <param name="WaitsFor">The first job that is not done, or of the second list not ended, yet.</param>
/// <param name="Failed">Set when one of them can never be done.</param>
internal sealed record Dependencies(JobId? WaitsFor, JobError? Failed)
{
    /// <summary>Whether that is because it was cancelled.</summary>
    public bool IsCancelled { get; private init; }

    public bool AreDone => WaitsFor is null && Failed is null;

    /// <param name="after">Jobs that must be done.</param>
    /// <param name="afterAny">Jobs that must have ended, however that was.</param>
    /// <param name="stateOf">Null for a job that does not exist any more.</param>
    public static Dependencies Check(IReadOnlyList<JobId> after, IReadOnlyList<JobId> afterAny, Func<JobId, JobState?> stateOf)
    {
        JobId? waitsFor = null;
        foreach (var id in after)
        {
            switch (stateOf(id))
            {
                case JobState.Done:
                    break;
                case JobState.Queued or JobState.Processing:
                    waitsFor ??= id;
                    break;
                case { } ended:
                    return new Dependencies(null, FailedBecause(id, ended == JobState.Cancelled ? "was cancelled" : "failed")) { IsCancelled = ended == JobState.Cancelled };
                case null:
                    return new Dependencies(null, FailedBecause(id, "was deleted"));
            }
        }
        foreach (var id in afterAny)
            if (waitsFor is null && stateOf(id) is (JobState.Queued or JobState.Processing))
                waitsFor = id;
        return new Dependencies(waitsFor, null);
    }

    private static JobError FailedBecause(JobId id, string how) =>
        new(ErrorCode.DependencyFailed, $"Job {id}, which this one waited for, {how}.", $"Mend that job and submit both again (`astrojobs log {id}`).");
}
