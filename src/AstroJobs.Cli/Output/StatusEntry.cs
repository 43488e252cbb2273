using AstroJobs.Jobs;

namespace AstroJobs.Cli.Output;

/// <summary>What one of several ids led to: a status or an error.</summary>
internal sealed record StatusEntry(string Id, JobStatus? Status, JobError? Error)
{
    public static StatusEntry Look(Session session, string idOrPrefix)
    {
        try
        {
            var status = session.Engine.Look(session.Engine.Store.Find(idOrPrefix));
            return new StatusEntry(status.JobId.ToString(), status, null);
        }
        catch (JobException error)
        {
            return new StatusEntry(idOrPrefix, null, error.ToError());
        }
    }
}
