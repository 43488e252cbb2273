using AstroJobs.Jobs;

namespace AstroJobs.Cli.Output;

/// <summary>What one of several ids led to: a status or an error.</summary>
internal sealed record StatusEntry(string Id, JobStatus? Status, JobError? Error)
{
    /// <param name="attempt">How that attempt ended; null, or the last one: how the job stands now.</param>
    public static StatusEntry Look(Session session, string idOrPrefix, int? attempt = null)
    {
        try
        {
            var folder = session.Engine.Store.Find(idOrPrefix);
            var status = session.Engine.Look(folder);
            if (attempt is { } number && number != status.Attempt)
                status = folder.ReadEnd(number);
            return new StatusEntry(status.JobId.ToString(), status, null);
        }
        catch (JobException error)
        {
            return new StatusEntry(idOrPrefix, null, error.ToError());
        }
    }
}
