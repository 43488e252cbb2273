using System.Text.Json;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands;

/// <summary>What one cancel found and what it led to.</summary>
/// <param name="Found">The state before, when the job exists.</param>
/// <param name="State">The state after.</param>
internal sealed record CancelOutcome(string Id, string? Found, string? State, JobError? Error)
{
    public static async Task<CancelOutcome> CancelAsync(Session session, string idOrPrefix, CancellationToken cancellation)
    {
        try
        {
            var folder = session.Engine.Store.Find(idOrPrefix);
            var before = session.Engine.Look(folder);
            var after = await session.Engine.CancelAsync(folder, cancellation).ConfigureAwait(false);
            return new CancelOutcome(folder.Id.ToString(), Word(before), Word(after), Judge(before, after));
        }
        catch (JobException error)
        {
            return new CancelOutcome(idOrPrefix, null, null, error.ToError());
        }
    }

    public void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("job_id", Id);
        if (Found is null)
            return;
        writer.WriteString("found", Found);
        writer.WriteString("state", State);
    }

    private static JobError? Judge(JobStatus before, JobStatus after)
    {
        if (before.IsFinal)
            return new JobError(ErrorCode.NotCancellable, $"Job {before.JobId} ended as {Word(before)} already.");
        return after.State switch
        {
            JobState.Cancelled => null,
            JobState.Queued or JobState.Processing => new JobError(ErrorCode.IoError, $"Job {before.JobId} did not stop.", "Does its worker run on another machine, or as another user? Cancel it there."),
            _ => new JobError(ErrorCode.NotCancellable, $"Job {before.JobId} ended as {Word(after)} before it could be cancelled."),
        };
    }

    private static string Word(JobStatus status) => status.State.ToString().ToLowerInvariant();
}
