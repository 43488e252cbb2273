namespace AstroJobs.Jobs;

/// <summary>A job was to start at once or not at all, and it could not.</summary>
/// <param name="slot">What it lacked: the name of a slot, or <c>after</c> when a job that it waits for has not ended.</param>
/// <param name="holder">The job in its way, where that is known.</param>
public sealed class BusyException(string slot, JobId? holder) : JobException(
    ErrorCode.Busy,
    slot == AfterJob ? $"Job {holder}, which this one waits for, is not done yet." : $"The slot '{slot}' is taken by {(holder is { } job ? $"job {job}" : "another job")}.",
    "Submit it without --if-busy fail to let it wait for its turn.")
{
    public const string AfterJob = "after";

    public string Slot => slot;

    public JobId? Holder => holder;
}
