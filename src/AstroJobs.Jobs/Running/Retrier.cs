using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>Gives a job that failed or was cancelled a new attempt in the same folder, because somebody asked for it.</summary>
internal sealed class Retrier(Recovery recovery, Attempts attempts, Queue queue, TimeProvider time)
{
    /// <param name="resume">The new attempt goes on where the last one stopped; else it begins with empty folders.</param>
    /// <returns>The new attempt, durably queued.</returns>
    /// <exception cref="JobException"><c>job_running</c>, <c>not_retryable</c>, <c>not_resumable</c>.</exception>
    public JobStatus Retry(JobFolder folder, bool resume)
    {
        if (!recovery.Look(folder).IsFinal)
            throw JobClaim.Running(folder.Id);
        using var claim = JobClaim.Take(folder);
        var spec = folder.ReadSpec();
        var ended = folder.ReadStatus();
        Check(ended, spec, resume);
        Stragglers.Stop(ended, Signals.Terminate, Signals.Kill); // two attempts at once would share a camera and a folder
        var next = Transitions.Retry(ended, resume, spec.Retries, time.GetUtcNow());
        attempts.Begin(folder, spec, ended, next);
        if (queue.Contains(spec, next.NotBefore))
            queue.Sync(spec, next.NotBefore);
        return next;
    }

    private static void Check(JobStatus status, JobSpec spec, bool resume)
    {
        if (!status.IsFinal)
            throw JobClaim.Running(status.JobId); // somebody else was quicker
        if (status.State == JobState.Done)
            throw new JobException(resume ? ErrorCode.NotResumable : ErrorCode.NotRetryable, $"Job {status.JobId} is done: it has its result.", "Submit it again to have it made anew.");
        if (resume && !spec.Resumable)
            throw new JobException(ErrorCode.NotResumable, $"A job of the kind {spec.Kind} cannot go on where it was.", $"`astrojobs retry {status.JobId}` tries it again from the beginning.");
    }
}
