namespace AstroJobs.Jobs;

/// <summary>What a recovery found and did.</summary>
/// <param name="Lost">Jobs that ended because their worker was lost.</param>
/// <param name="Resumed">Jobs that the machine took down with it and that have a new attempt.</param>
/// <param name="Unreadable">Jobs whose files are damaged.</param>
/// <param name="Started">How many jobs were started.</param>
public sealed record RecoveryReport(IReadOnlyList<JobId> Lost, IReadOnlyList<JobId> Resumed, IReadOnlyList<JobId> Unreadable, int Started);
