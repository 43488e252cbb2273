using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Housekeeping;

/// <summary>The jobs of a store counted. A job without a project or group counts in none.</summary>
public sealed record StoreStatistics
{
    private const int FailuresTold = 10;

    public required int Jobs { get; init; }

    /// <summary>Every state, also those that no job is in.</summary>
    public required IReadOnlyDictionary<string, int> ByState { get; init; }

    public required IReadOnlyDictionary<string, int> ByKind { get; init; }

    public required IReadOnlyDictionary<string, int> ByProject { get; init; }

    public required IReadOnlyDictionary<string, int> ByGroup { get; init; }

    /// <summary>What runs now, the longest first.</summary>
    public required IReadOnlyList<JobStatus> Running { get; init; }

    /// <summary>The last ten jobs that ended in error, the latest first.</summary>
    public required IReadOnlyList<JobStatus> RecentFailures { get; init; }

    public static StoreStatistics Of(IReadOnlyList<JobStatus> jobs) => new()
    {
        Jobs = jobs.Count,
        ByState = Enum.GetValues<JobState>().ToDictionary(JobStates.Word, state => jobs.Count(job => job.State == state)),
        ByKind = Count(jobs, static job => job.Kind),
        ByProject = Count(jobs, static job => job.Project),
        ByGroup = Count(jobs, static job => job.Group),
        Running = [.. jobs.Where(static job => job.State == JobState.Processing).OrderBy(static job => job.StartedAt)],
        RecentFailures = [.. jobs.Where(static job => job.State == JobState.Error).OrderByDescending(static job => job.FinishedAt).Take(FailuresTold)],
    };

    /// <summary>The most frequent first, then by name.</summary>
    private static Dictionary<string, int> Count(IReadOnlyList<JobStatus> jobs, Func<JobStatus, string?> nameOf) => jobs
        .Select(nameOf).OfType<string>().CountBy(static name => name)
        .OrderByDescending(static count => count.Value).ThenBy(static count => count.Key, StringComparer.Ordinal)
        .ToDictionary(static count => count.Key, static count => count.Value);
}
