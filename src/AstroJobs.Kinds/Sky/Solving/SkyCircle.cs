namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>A part of the sky in which the middle of a picture is looked for.</summary>
public readonly record struct SkyCircle(SkyPosition Centre, double RadiusDeg);
