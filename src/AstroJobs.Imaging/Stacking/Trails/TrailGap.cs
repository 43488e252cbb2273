namespace AstroJobs.Imaging.Stacking.Trails;

/// <summary>A pause between two exposures.</summary>
/// <param name="Before">Index of the frame before it.</param>
/// <param name="After">Index of the frame after it.</param>
internal readonly record struct TrailGap(int Before, int After, double Seconds);
