using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// Puts a new attempt in the place of an ended one. First the ended one's status is kept under attempts/N, then one rename makes the job the
/// next attempt's. Whoever dies before it leaves the ended attempt whole, whoever dies after it leaves a queued job that its starter tidies.
/// </summary>
internal sealed class Attempts(Queue queue)
{
    /// <summary>The caller holds the job's lock.</summary>
    /// <exception cref="IOException">Nothing has changed.</exception>
    public void Begin(JobFolder folder, JobSpec spec, JobStatus ended, JobStatus next)
    {
        if (ended is { Attempt: > 1, StartedAt: null })
            folder.Archive(ended.Attempt - 1).Complete(keepWork: ended.Resumed); // nobody started it, so nobody may have tidied
        var archive = folder.Archive(ended.Attempt);
        archive.WriteStatus(ended);
        folder.WriteStatus(next, durable: true);
        try
        {
            archive.Complete(keepWork: next.Resumed);
            queue.Add(spec, next.NotBefore);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The attempt is made. Who looks at it next queues it, who starts it tidies.
        }
    }
}
