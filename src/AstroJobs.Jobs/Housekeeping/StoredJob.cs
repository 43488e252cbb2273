namespace AstroJobs.Jobs.Housekeeping;

/// <summary>A job and the room it takes.</summary>
/// <param name="IsNeeded">A job that has not ended waits for this one, and may read its output.</param>
/// <param name="Bytes">The lengths of all its files. Measured when asked for: it means walking through the folder.</param>
public sealed record StoredJob(JobStatus Status, bool IsNeeded, Lazy<long> Bytes);
