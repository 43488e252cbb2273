namespace AstroJobs.Imaging.Stacking;

/// <summary>What a picture was cut from.</summary>
/// <param name="LeastFrames">So many frames, or more, show each pixel that is left.</param>
/// <param name="Width">Of the picture before, in pixels of the reference.</param>
/// <param name="Height">The same.</param>
public sealed record CanvasCut(int LeastFrames, int Width, int Height);
