using System.Text.Json.Serialization;

namespace AstroJobs.Jobs;

/// <summary>status.json: what has happened so far. Replaced whole, atomically, only by who holds the job's lock.</summary>
public sealed record JobStatus
{
    public int Version { get; init; } = 1;

    public required JobId JobId { get; init; }

    public required string Kind { get; init; }

    public required JobState State { get; init; }

    /// <summary>1 for the first; what an earlier one left is kept under attempts/N.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Whether this attempt goes on where the one before it stopped, with its scratch and products.</summary>
    public bool Resumed { get; init; }

    public string? Project { get; init; }

    public string? Group { get; init; }

    public string? Name { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public int Priority { get; init; }

    public JobProgress? Progress { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public WorkerIdentity? Worker { get; init; }

    /// <summary>Why a queued job does not run: <c>slot</c>, <c>camera</c>, <c>exclusive:NAME</c>, <c>after:ID</c>, <c>until:TIME</c>, <c>worker</c> (it is being started). Computed when somebody looks; of these only <c>worker</c> is ever stored.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>A queued job's place among those that wait for one of its slots, 1 being the next; null for one that waits for a time, or needs no slot. Computed when somebody looks, never stored.</summary>
    public int? Position { get; init; }

    /// <summary>A queued job does not start before this time: the start that was asked for, or the end of the pause before a new attempt.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    public JobError? Error { get; init; }

    /// <summary>How many attempts the engine still makes by itself.</summary>
    public int RetriesLeft { get; init; }

    /// <summary>How the attempt before this one failed, where the engine made this one by itself.</summary>
    public JobError? LastError { get; init; }

    [JsonIgnore]
    public bool IsFinal => State is JobState.Done or JobState.Error or JobState.Cancelled;
}
