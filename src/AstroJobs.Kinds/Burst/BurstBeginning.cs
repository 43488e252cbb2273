namespace AstroJobs.Kinds.Burst;

/// <summary>A line of the journal: a frame is asked for now.</summary>
/// <param name="Begun">Its number, from 1.</param>
/// <param name="Name">Its files' name without an ending.</param>
public sealed record BurstBeginning(int Begun, string Name, DateTimeOffset At);
