namespace AstroJobs.Jobs;

/// <summary>Why a job or a command failed, as it stands in status.json and in every failed answer.</summary>
public sealed record JobError(string Code, string Message, string? Hint = null);
