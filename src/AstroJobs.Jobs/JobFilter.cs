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

    public bool Matches(JobStatus status) =>
        (States.Count == 0 || States.Contains(status.State))
        && (Kinds.Count == 0 || Kinds.Contains(status.Kind))
        && (Project is null || status.Project == Project)
        && (Group is null || status.Group == Group)
        && (Name is null || status.Name == Name)
        && (Since is null || status.CreatedAt >= Since);
}
