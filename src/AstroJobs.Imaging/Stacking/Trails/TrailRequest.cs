namespace AstroJobs.Imaging.Stacking.Trails;

/// <summary>How star trails are drawn; for the mode max.</summary>
/// <param name="FillGaps">Trails go on through the pauses between exposures.</param>
public sealed record TrailRequest(bool FillGaps, TrailFade Fade);
