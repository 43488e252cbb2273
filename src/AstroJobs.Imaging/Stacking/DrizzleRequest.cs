namespace AstroJobs.Imaging.Stacking;

/// <summary>Drizzling (Fruchter and Hook 2002): each pixel of a frame falls as a smaller square on a finer grid, and no pixel is interpolated.</summary>
/// <param name="Scale">Pixels of the result a pixel of the reference, 1 … 3.</param>
/// <param name="PixelFraction">Side of the square a side of the pixel, 0.1 … 1.</param>
public sealed record DrizzleRequest(double Scale, double PixelFraction)
{
    /// <summary>Where the picture of weights goes: how many frames' light each pixel got; null for none.</summary>
    public string? WeightsPath { get; init; }
}
