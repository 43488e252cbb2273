using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs;

/// <summary>Which jobs a list shows. An empty list or null lets everything pass.</summary>
public sealed record JobFilter
{
    public IReadOnlyList<JobState> States { get; init; } = [];

    public IReadOnlyList<string> Kinds { get; init; } = [];

    public string? Project { get; init; }

    public string? Group { get; init; }

    public string? Name { get; init; }

    /// <summary>Only jobs created at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    public static JobFilter Everything { get; } = new();

    public bool Matches(JobStatus status) =>
        (States.Count == 0 || States.Contains(status.State))
        && (Kinds.Count == 0 || Kinds.Contains(status.Kind))
        && (Project is null || status.Project == Project)
        && (Group is null || status.Group == Group)
        && (Name is null || status.Name == Name)
        && (Since is null || status.CreatedAt >= Since);

    /// <summary>
    /// Whether a glance at the file shows already that the job does not match. Its labels never change, nor does a state that it ended in; that of
    /// any other job may have to be mended first.
    /// </summary>
    internal bool RulesOut(StatusPeek seen) =>
        (States.Count > 0 && seen.State is not (JobState.Queued or JobState.Processing) && !States.Contains(seen.State))
        || (Kinds.Count > 0 && Kinds.All(kind => StatusPeek.Is(seen.Kind, kind) == false))
        || IsOther(seen.Project, Project) || IsOther(seen.Group, Group) || IsOther(seen.Name, Name);

    private static bool IsOther(string? stored, string? wanted) => wanted is not null && StatusPeek.Is(stored, wanted) == false;
}
