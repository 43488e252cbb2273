namespace AstroJobs.Jobs.Store;

/// <summary>A piece of task.log, and the byte offset where the next one begins.</summary>
public sealed record LogChunk(string Content, long NextOffset);
