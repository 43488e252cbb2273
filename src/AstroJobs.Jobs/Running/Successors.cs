using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>Makes jobs in the name of a job that runs.</summary>
internal sealed class Successors(JobStore store, Submitter submitter, Retrier retrier)
{
    /// <summary>
    /// A successor waits for the job, so it fails when that one dies before it is done. Where the job has come to this place once more, such a successor
    /// is tried again in the place of a second one.
    /// </summary>
    public JobId Submit<TParameters>(JobSpec parent, JobKind<TParameters> kind, TParameters parameters, string callerFolder, string key)
        where TParameters : class
    {
        var labels = new JobLabels
        {
            Project = parent.Project,
            Group = parent.Group,
            Name = parent.Name,
            Labels = parent.Labels,
            Priority = parent.Priority,
            Follows = parent.JobId,
            Key = $"{parent.JobId}:{key}",
        };
        var submitted = submitter.Submit(kind, parameters, labels, callerFolder);
        if (!submitted.Created && store.Open(submitted.Id) is var folder && folder.ReadStatus() is { State: JobState.Error, Error.Code: ErrorCode.DependencyFailed })
            retrier.Retry(folder, resume: false);
        return submitted.Id;
    }
}
