using AstroJobs.Imaging.Quality;
using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Stacking;

/// <summary>What is known of a frame in the stack.</summary>
/// <param name="Stars">Stars found on it; null when frames were not aligned by stars.</param>
/// <param name="Fwhm">Median width of its stars, pixels.</param>
/// <param name="Eccentricity">Median, 0 is round.</param>
/// <param name="Background">Median sky level, sample units (whole range 0 … 1).</param>
/// <param name="Noise">Of one pixel of the sky, sample units; of the grey mean for colour frames.</param>
/// <param name="ShiftX">How far right the middle of the frame was moved to lie on the reference, pixels.</param>
/// <param name="ShiftY">The same downwards.</param>
/// <param name="RotationDegrees">How far it was turned clockwise.</param>
/// <param name="Scale">By how much it was enlarged.</param>
/// <param name="RmsPixels">Root mean square distance of its stars from the reference's after that, each weighted by how well its place is known.</param>
/// <param name="Inliers">Stars that agree with that.</param>
/// <param name="Weight">In the mean or sum; over all frames the mean is 1.</param>
/// <param name="Normalized">How the samples of each channel were brought to the reference; empty when they were not.</param>
/// <param name="RejectedLow">Part of its samples on the result, 0 … 1, rejected as too dark; null when nothing is rejected.</param>
/// <param name="RejectedHigh">The same as too bright.</param>
/// <param name="Transform">What it was found to differ by from the reference; never auto.</param>
/// <param name="Quality">What frames are chosen by.</param>
public sealed record StackedFrame(
    string Path,
    int Width,
    int Height,
    int? Stars,
    double? Fwhm,
    double? Eccentricity,
    double Background,
    double Noise,
    double ShiftX,
    double ShiftY,
    double RotationDegrees,
    double Scale,
    bool IsMirrored,
    double RmsPixels,
    int Inliers,
    TimeSpan? Exposure,
    double Weight,
    IReadOnlyList<FrameScaling> Normalized,
    double? RejectedLow,
    double? RejectedHigh,
    TransformModel Transform,
    FrameQuality Quality);
