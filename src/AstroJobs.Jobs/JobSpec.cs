namespace AstroJobs.Jobs;

/// <summary>job.json: what was asked, with all defaults filled in. Written once, never changed.</summary>
public sealed record JobSpec
{
    public int Version { get; init; } = 1;

    public required JobId JobId { get; init; }

    public required string Kind { get; init; }

    public string? Project { get; init; }

    public string? Group { get; init; }

    public string? Name { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public int Priority { get; init; }

    public string Executor { get; init; } = "local";

    /// <summary>What the job holds alone while it runs: <c>cpu</c> (as often as it needs processor slots), <c>camera:sim</c>, <c>exclusive:NAME</c>.</summary>
    public IReadOnlyList<string> Slots { get; init; } = [];

    /// <summary>Jobs that must be done before this one starts.</summary>
    public IReadOnlyList<JobId> After { get; init; } = [];

    /// <summary>Jobs that must have ended, however that was, before this one starts.</summary>
    public IReadOnlyList<JobId> AfterAny { get; init => field = value ?? []; } = []; // a job of an older version does not say

    /// <summary>The job whose worker made this one to go on with its work; null for one that somebody submitted. It is cancelled with what it waits for, where others fail.</summary>
    public JobId? Follows { get; init; }

    /// <summary>The caller's own name for the job; see <see cref="JobLabels.Key"/>.</summary>
    public string? Key { get; init; }

    /// <summary>The job does not start before this time.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>How many attempts the engine makes by itself after one that failed for a reason that can pass.</summary>
    public int Retries { get; init; }

    /// <summary>How long it waits before the first of them; twice as long before each further one, until that is more than an hour.</summary>
    public TimeSpan RetryDelay { get; init; } = JobLabels.DefaultRetryDelay;

    /// <summary>Whether the kind can go on where a stopped attempt was.</summary>
    public bool Resumable { get; init; }

    /// <summary>The program that is told when the job has ended, and its arguments; empty for none.</summary>
    public IReadOnlyList<string> OnFinish { get; init => field = value ?? []; } = []; // a job of an older version does not say

    /// <summary>How long an attempt may take; then it is stopped as <c>timeout</c>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How far the work stands back for other programs, at the processor and the disk: −20 … 19; null as its submitter does.</summary>
    public int? Nice { get; init; }

    /// <summary>How long a cancelled worker may take to stop by itself before it is ended by signals.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(5);

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The kind's own parameters.</summary>
    public required RawJson Parameters { get; init; }
}
