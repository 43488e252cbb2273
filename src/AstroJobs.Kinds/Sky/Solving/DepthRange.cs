namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>Which stars are tried in one go, the brightest being 1.</summary>
public readonly record struct DepthRange(int First, int Last);
