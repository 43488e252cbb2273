namespace AstroJobs.Jobs;

/// <summary>A job as a list of the store finds it: how it stands, or why that cannot be told.</summary>
public sealed record ListedJob(JobId Id, JobStatus? Status, JobError? Error);
