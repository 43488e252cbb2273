namespace AstroJobs.Jobs.Housekeeping;

/// <summary>Which ended jobs may go.</summary>
public sealed record PruneRules
{
    /// <summary>The states that prune takes by default: all ended jobs.</summary>
    public static IReadOnlyList<JobState> EndedStates { get; } = [JobState.Done, JobState.Error, JobState.Cancelled];

    /// <summary>Jobs that ended longer ago than this go.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>The newest so many of <see cref="States"/> stay, whatever the other rules say; without another rule all others go.</summary>
    public int? Keep { get; init; }

    /// <summary>The oldest go until all jobs of the store together, live ones included, take no more than this.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Only jobs that ended like this go.</summary>
    public IReadOnlyList<JobState> States { get; init; } = EndedStates;
}
