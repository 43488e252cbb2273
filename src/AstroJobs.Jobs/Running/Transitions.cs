namespace AstroJobs.Jobs.Running;

/// <summary>The only ways a status changes. A final state has no way out: only a new attempt begins anew.</summary>
internal static class Transitions
{
    /// <summary>Stored while a worker is being started: a queued job with this mark and a free lock lost its worker before it began.</summary>
    public const string StartingMark = "worker";

    public static JobStatus Create(JobSpec spec) => new()
    {
        JobId = spec.JobId,
        Kind = spec.Kind,
        State = JobState.Queued,
        Project = spec.Project,
        Group = spec.Group,
        Name = spec.Name,
        Labels = spec.Labels,
        Priority = spec.Priority,
        NotBefore = spec.StartAt,
        CreatedAt = spec.CreatedAt,
        UpdatedAt = spec.CreatedAt,
    };

    public static JobStatus Starting(JobStatus status, DateTimeOffset now) =>
        From(status, JobState.Queued) with { WaitingFor = StartingMark, UpdatedAt = now };

    public static JobStatus Begin(JobStatus status, WorkerIdentity worker, DateTimeOffset now) =>
        From(status, JobState.Queued) with { State = JobState.Processing, WaitingFor = null, Worker = worker, StartedAt = now, UpdatedAt = now };

    public static JobStatus Advance(JobStatus status, JobProgress progress, DateTimeOffset now) =>
        From(status, JobState.Processing) with { Progress = progress, UpdatedAt = now };

    public static JobStatus Done(JobStatus status, DateTimeOffset now) => Finish(From(status, JobState.Processing), JobState.Done, null, now);

    public static JobStatus Fail(JobStatus status, JobError error, DateTimeOffset now) => Finish(status, JobState.Error, error, now);

    public static JobStatus Cancel(JobStatus status, DateTimeOffset now) => Finish(status, JobState.Cancelled, null, now);

    public static JobError WorkerLost(JobStatus status) => new(
        ErrorCode.WorkerLost,
        status.Worker is { } worker
            ? $"The worker (pid {worker.Pid} on {worker.Host}) ended without a word: killed, out of memory, or the power went."
            : "The worker ended before it could begin.",
        "task.log shows how far it came; submit the job again.");

    private static JobStatus Finish(JobStatus status, JobState state, JobError? error, DateTimeOffset now) =>
        status.IsFinal
            ? throw new InvalidOperationException($"Job {status.JobId} is {status.State} already.")
            : status with { State = state, Error = error, WaitingFor = null, FinishedAt = now, UpdatedAt = now };

    private static JobStatus From(JobStatus status, JobState expected) =>
        status.State == expected ? status : throw new InvalidOperationException($"Job {status.JobId} is {status.State}, not {expected}.");
}
