using System.Text.Json;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Commands;

/// <summary>What one cancel found and what it led to.</summary>
/// <param name="Found">The state before, when the job exists.</param>
/// <param name="State">The state after.</param>
internal sealed record CancelOutcome(string Id, string? Found, string? State, JobError? Error) : Outcome(Id, $"cancelled (was {Found})", Error)
{
    private IReadOnlyList<JobId> Followers { get; init; } = [];

    public static CancelOutcome Of(JobStatus before, JobStatus after, CancelledFollowers followers) =>
        new(before.JobId.ToString(), JobStates.Word(before.State), JobStates.Word(after.State), followers.Cancelled.Count > 0 ? null : Judge(before, after, followers))
        {
            Followers = followers.Cancelled,
            Done = followers.Cancelled.Count > 0 ? $"{JobStates.Word(after.State)}; what follows it is cancelled: {string.Join(' ', followers.Cancelled)}" : $"cancelled (was {JobStates.Word(before.State)})",
        };

    public override void WriteMembers(Utf8JsonWriter writer)
    {
        base.WriteMembers(writer);
        if (Found is null)
            return;
        writer.WriteString("found", Found);
        writer.WriteString("state", State);
        if (Followers.Count == 0)
            return;
        writer.WriteStartArray("cancelled_followers");
        foreach (var follower in Followers)
            writer.WriteStringValue(follower.ToString());
        writer.WriteEndArray();
    }

    private static JobError? Judge(JobStatus before, JobStatus after, CancelledFollowers followers)
    {
        if (before.IsFinal)
            return new JobError(
                ErrorCode.NotCancellable, $"Job {before.JobId} ended as {JobStates.Word(before.State)} already.",
                followers.Running.Count > 0 ? $"What follows it runs already: astrojobs cancel {string.Join(' ', followers.Running)}" : null);
        return after.State switch
        {
            JobState.Cancelled => null,
            JobState.Queued or JobState.Processing => new JobError(ErrorCode.IoError, $"Job {before.JobId} did not stop.", "Does its worker run on another machine, or as another user? Cancel it there."),
            _ => new JobError(ErrorCode.NotCancellable, $"Job {before.JobId} ended as {JobStates.Word(after.State)} before it could be cancelled."),
        };
    }
}
