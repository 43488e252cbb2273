namespace AstroJobs.Jobs;

/// <summary>What a submit led to.</summary>
/// <param name="Created">False when the job was there already, made by an earlier submit with the same key.</param>
public sealed record SubmittedJob(JobId Id, bool Created);
