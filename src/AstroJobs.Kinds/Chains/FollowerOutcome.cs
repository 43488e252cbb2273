namespace AstroJobs.Kinds.Chains;

/// <summary>What became of a follower.</summary>
/// <param name="JobId">Null where it was not made.</param>
/// <param name="Note">Why not.</param>
public sealed record FollowerOutcome(string Kind, string? JobId, string? Note);
