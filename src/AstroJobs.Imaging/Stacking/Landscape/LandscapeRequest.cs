namespace AstroJobs.Imaging.Stacking.Landscape;

/// <summary>A sky over a ground: the sky is laid on its stars, the ground stays as the camera stood, and a mask joins them.</summary>
/// <param name="MaskPath">A picture of the result's size, white where sky is; null: found from the frames.</param>
/// <param name="Feather">How softly they are joined, pixels.</param>
public sealed record LandscapeRequest(string? MaskPath, int Feather);
