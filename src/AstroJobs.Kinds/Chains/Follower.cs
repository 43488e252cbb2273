using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Chains;

/// <summary>A job that is made of another one's frames when they are there.</summary>
/// <param name="Parameters">The kind's own, without what it works on.</param>
/// <param name="CallerFolder">Their relative paths are meant from here: filled in at submit.</param>
public sealed record Follower(string Kind, RawJson Parameters, string? CallerFolder = null);
