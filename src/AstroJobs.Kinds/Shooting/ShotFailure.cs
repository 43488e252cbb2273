namespace AstroJobs.Kinds.Shooting;

/// <summary>A frame that did not come.</summary>
/// <param name="Frame">Its number, from 1.</param>
/// <param name="Code">The error code of the last try.</param>
public sealed record ShotFailure(int Frame, string Code, string Message);
