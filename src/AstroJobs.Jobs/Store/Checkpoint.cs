namespace AstroJobs.Jobs.Store;

/// <summary>How far the work of a job had come at some time, as its kind saw it: a JSON document.</summary>
/// <param name="Number">They are counted from 1; the highest is the newest.</param>
public sealed record Checkpoint(int Number, string Path, DateTimeOffset SavedAt, long Bytes);
