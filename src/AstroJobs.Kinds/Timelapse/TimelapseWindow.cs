namespace AstroJobs.Kinds.Timelapse;

/// <summary>A stretch of time in which shots are taken; the first one at its beginning, none at its end.</summary>
public sealed record TimelapseWindow(DateTimeOffset From, DateTimeOffset To);
