namespace AstroJobs.Jobs.Running;

/// <summary>
/// The only ways a status changes. A final state has no way out: only a new attempt begins anew. Times only go forward: where the clock was
/// set back meanwhile, a change happened when the last one did, and no duration is negative.
/// </summary>
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
        RetriesLeft = spec.Retries,
        CreatedAt = spec.CreatedAt,
        UpdatedAt = spec.CreatedAt,
    };

    /// <summary>The next attempt of a job that failed or was cancelled: nothing of the ended one is left in it.</summary>
    /// <param name="resumes">It goes on with the scratch and the products of the ended one.</param>
    /// <param name="retries">How many more the engine may make by itself.</param>
    public static JobStatus Retry(JobStatus ended, bool resumes, int retries, DateTimeOffset now) =>
        ended.State is not (JobState.Error or JobState.Cancelled)
            ? throw new InvalidOperationException($"Job {ended.JobId} is {ended.State}: there is nothing to try again.")
            : ended with
            {
                State = JobState.Queued,
                Attempt = ended.Attempt + 1,
                Resumed = resumes,
                Progress = null,
                UpdatedAt = InOrder(ended, now),
                StartedAt = null,
                FinishedAt = null,
                Worker = null,
                WaitingFor = null,
                NotBefore = null,
                Error = null,
                RetriesLeft = retries,
                LastError = null,
            };

    /// <summary>The next attempt of a job that failed, made by the engine itself: it says why, and takes one of those that are left.</summary>
    public static JobStatus RetryByItself(JobStatus ended, bool resumes, DateTimeOffset notBefore, DateTimeOffset now) =>
        ended is not { State: JobState.Error, RetriesLeft: > 0 }
            ? throw new InvalidOperationException($"Job {ended.JobId} is {ended.State} with {ended.RetriesLeft} retries left.")
            : Retry(ended, resumes, ended.RetriesLeft - 1, now) with { NotBefore = notBefore, LastError = ended.Error };

    public static JobStatus Starting(JobStatus status, DateTimeOffset now) =>
        From(status, JobState.Queued) with { WaitingFor = StartingMark, UpdatedAt = InOrder(status, now) };

    public static JobStatus Begin(JobStatus status, WorkerIdentity worker, DateTimeOffset now)
    {
        var at = InOrder(status, now);
        return From(status, JobState.Queued) with { State = JobState.Processing, WaitingFor = null, Worker = worker, StartedAt = at, UpdatedAt = at };
    }

    public static JobStatus Advance(JobStatus status, JobProgress progress, DateTimeOffset now) =>
        From(status, JobState.Processing) with { Progress = progress, UpdatedAt = InOrder(status, now) };

    public static JobStatus Done(JobStatus status, DateTimeOffset now) => Finish(From(status, JobState.Processing), JobState.Done, null, now);

    public static JobStatus Fail(JobStatus status, JobError error, DateTimeOffset now) => Finish(status, JobState.Error, error, now);

    public static JobStatus Cancel(JobStatus status, DateTimeOffset now) => Finish(status, JobState.Cancelled, null, now);

    public static JobError WorkerLost(JobStatus status) => new(
        ErrorCode.WorkerLost,
        status.Worker is { } worker
            ? $"The worker (pid {worker.Pid} on {worker.Host}) ended without a word: killed, out of memory, or the power went."
            : "The worker ended before it could begin.",
        "task.log shows how far it came; astrojobs retry tries again.");

    private static JobStatus Finish(JobStatus status, JobState state, JobError? error, DateTimeOffset now)
    {
        var at = InOrder(status, now);
        return status.IsFinal
            ? throw new InvalidOperationException($"Job {status.JobId} is {status.State} already.")
            : status with { State = state, Error = error, WaitingFor = null, FinishedAt = at, UpdatedAt = at };
    }

    private static DateTimeOffset InOrder(JobStatus status, DateTimeOffset now) => now > status.UpdatedAt ? now : status.UpdatedAt;

    private static JobStatus From(JobStatus status, JobState expected) =>
        status.State == expected ? status : throw new InvalidOperationException($"Job {status.JobId} is {status.State}, not {expected}.");
}
