using AstroJobs.Jobs.Faults;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// Puts a new attempt in the place of an ended one. First the ended one's status is kept under attempts/N and the next one has its place in the
/// queue, then one rename makes the job the next attempt's. Whoever dies before it leaves the ended attempt whole, and a place that the next
/// dispatcher drops; whoever dies after it leaves a queued job that the next dispatcher starts and tidies.
/// </summary>
/// <param name="chance">0 … 1, evenly distributed: spreads the times of retries.</param>
internal sealed class Attempts(Queue queue, Func<double> chance, TimeProvider time)
{
    /// <summary>The caller holds the job's lock.</summary>
    /// <exception cref="IOException">Nothing has changed.</exception>
    public void Begin(JobFolder folder, JobSpec spec, JobStatus ended, JobStatus next)
    {
        if (ended is { Attempt: > 1, StartedAt: null })
            folder.Archive(ended.Attempt - 1).Complete(keepWork: ended.Resumed); // nobody started it, so nobody may have tidied
        var archive = folder.Archive(ended.Attempt);
        archive.WriteStatus(ended);
        FailPoints.Pass(FailPoint.AttemptRecorded);
        queue.Add(spec, next.NotBefore);
        FailPoints.Pass(FailPoint.AttemptQueued);
        folder.WriteStatus(next, durable: true);
        FailPoints.Pass(FailPoint.AttemptBegun);
        try
        {
            archive.Complete(keepWork: next.Resumed);
            FailPoints.Pass(FailPoint.AttemptTidied);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The attempt is made. Who starts it tidies.
        }
    }

    /// <summary>Whether the engine begins the next attempt by itself.</summary>
    public static bool MayTryAgain(JobStatus ended) => ended is { State: JobState.Error, RetriesLeft: > 0, Error: { } error } && RetryPolicy.CanPass(error.Code);

    /// <summary>
    /// Records how an attempt ended: as the end of the job, or, where the job asked for retries and the failure can pass, as an attempt that is
    /// over, with the next one in its place. Who waits for the job then does not see it end. The caller holds the job's lock.
    /// </summary>
    /// <returns>What stands in status.json now.</returns>
    public JobStatus End(JobFolder folder, JobStatus ended)
    {
        if (TryBeginByItself(folder, ended) is { } next)
            return next;
        folder.WriteStatus(ended, durable: true);
        return ended;
    }

    private JobStatus? TryBeginByItself(JobFolder folder, JobStatus ended)
    {
        if (!MayTryAgain(ended))
            return null;
        try
        {
            var spec = folder.ReadSpec();
            var retry = Math.Max(1, spec.Retries - ended.RetriesLeft + 1);
            var now = time.GetUtcNow();
            var next = Transitions.RetryByItself(ended, spec.Resumable, now + RetryPolicy.PauseBefore(retry, spec.RetryDelay, chance()), now);
            Begin(folder, spec, ended, next);
            return next;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JobException { Code: ErrorCode.Corrupt })
        {
            return null; // then it has ended
        }
    }
}
