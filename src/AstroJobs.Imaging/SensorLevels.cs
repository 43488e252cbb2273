namespace AstroJobs.Imaging;

/// <summary>Where a sensor's numbers begin and end, in samples as <see cref="Frame"/> has them.</summary>
/// <param name="Black">What no light gives, for the four pixels of the top left 2×2 cell, row by row.</param>
/// <param name="White">Where a pixel is full.</param>
/// <param name="CameraWhiteBalance">Factors of red, green and blue that the camera chose, green 1; null where it says none.</param>
public sealed record SensorLevels(IReadOnlyList<float> Black, float White, IReadOnlyList<float>? CameraWhiteBalance);
