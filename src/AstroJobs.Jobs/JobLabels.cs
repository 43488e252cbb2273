namespace AstroJobs.Jobs;

/// <summary>What the caller says about a job besides its work: how it is filed, how urgent it is, what it waits for, and whether it may wait.</summary>
public sealed record JobLabels
{
    public static readonly TimeSpan DefaultRetryDelay = TimeSpan.FromSeconds(10);

    /// <summary>The system's timers reach no further than seven weeks.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(30);

    public static JobLabels None { get; } = new();

    public string? Project { get; init; }

    public string? Group { get; init; }

    public string? Name { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>−1000 … 1000; the higher starts first.</summary>
    public int Priority { get; init; }

    /// <summary>Ids or beginnings of ids of jobs that must be done first.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Ids or beginnings of ids of jobs that must have ended first, however that will be.</summary>
    public IReadOnlyList<string> AfterAny { get; init; } = [];

    /// <inheritdoc cref="JobSpec.Follows"/>
    public JobId? Follows { get; init; }

    /// <summary>How many of the processor's slots it needs; null as its kind says. Only for kinds that use the processor's.</summary>
    public int? CpuSlots { get; init; }

    /// <summary>Names of resources of which it holds each alone while it runs.</summary>
    public IReadOnlyList<string> Exclusive { get; init; } = [];

    /// <summary>An attempt that takes longer is stopped; null is no limit. More than nothing, at most <see cref="MaxTimeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How far it stands back for other programs, −20 … 19 as nice(1) has it; null as its submitter does.</summary>
    public int? Nice { get; init; }

    public IfBusy IfBusy { get; init; }

    /// <inheritdoc cref="JobSpec.Retries"/>
    public int Retries { get; init; }

    /// <inheritdoc cref="JobSpec.RetryDelay"/>
    public TimeSpan RetryDelay { get; init; } = DefaultRetryDelay;

    /// <summary>It does not start before this time.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>A program that is told when the job has ended, with its status on stdin, and its arguments; empty for none.</summary>
    public IReadOnlyList<string> OnFinish { get; init; } = [];

    /// <summary>The caller's own name for the job: while a job of this key exists, submitting again answers it and makes none.</summary>
    public string? Key { get; init; }
}
