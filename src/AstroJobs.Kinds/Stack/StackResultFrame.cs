using System.Text.Json.Serialization;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking;

namespace AstroJobs.Kinds.Stack;

/// <summary>One used frame in result.json.</summary>
/// <param name="Stars">Stars found; null when frames were not aligned by stars.</param>
/// <param name="Fwhm">Median width of its stars, pixels.</param>
/// <param name="Background">Median sky level, 0 … 1 of the sample range.</param>
/// <param name="Dx">How far right its middle was moved to lie on the reference, pixels.</param>
/// <param name="Dy">The same downwards.</param>
/// <param name="RotationDeg">How far it was turned clockwise.</param>
/// <param name="RmsPx">Root mean square distance of its stars from the reference's after that.</param>
/// <param name="Weight">In the mean or sum; over all frames the mean is 1.</param>
/// <param name="Normalized">What its samples were multiplied by and what was added, channel by channel; empty when they stayed as they were.</param>
/// <param name="RejectedLow">Part of its samples on the picture, 0 … 1, left out as too dark; null when nothing is rejected.</param>
/// <param name="RejectedHigh">The same as too bright.</param>
/// <param name="Transform">What it was found to differ by from the reference; never auto.</param>
/// <param name="Roundness">Shorter over longer axis of its median star: 1 is round.</param>
/// <param name="Snr">Median signal to noise of its brightest stars.</param>
/// <param name="Transparency">Light of its stars against the median frame; less than 1 is cloud or haze.</param>
/// <param name="MissingStars">Part of the reference's brightest stars that should be on it and were not found, 0 … 1.</param>
/// <param name="Sharpness">Strength of its fine detail; null unless frames were aligned by their pictures.</param>
public sealed record StackResultFrame(
    string Path,
    int Width,
    int Height,
    int? Stars,
    double? Fwhm,
    double? Eccentricity,
    double Background,
    double Noise,
    double Dx,
    double Dy,
    double RotationDeg,
    double Scale,
    bool Mirrored,
    double RmsPx,
    int Inliers,
    [property: JsonPropertyName("exposure_s")] double? ExposureSeconds,
    double Weight,
    IReadOnlyList<FrameScaling> Normalized,
    double? RejectedLow,
    double? RejectedHigh,
    TransformModel Transform,
    double? Roundness,
    double? Snr,
    double? Transparency,
    double? MissingStars,
    double? Sharpness)
{
    internal static StackResultFrame Of(StackedFrame frame) => new(
        frame.Path,
        frame.Width,
        frame.Height,
        frame.Stars,
        Rounded(frame.Fwhm, 3),
        Rounded(frame.Eccentricity, 3),
        Math.Round(frame.Background, 7),
        Math.Round(frame.Noise, 7),
        Math.Round(frame.ShiftX, 3),
        Math.Round(frame.ShiftY, 3),
        Math.Round(frame.RotationDegrees, 5),
        Math.Round(frame.Scale, 6),
        frame.IsMirrored,
        Math.Round(frame.RmsPixels, 3),
        frame.Inliers,
        frame.Exposure?.TotalSeconds,
        Math.Round(frame.Weight, 5),
        [.. frame.Normalized.Select(static channel => new FrameScaling(Math.Round(channel.Factor, 6), Math.Round(channel.Offset, 8)))],
        Rounded(frame.RejectedLow, 7),
        Rounded(frame.RejectedHigh, 7),
        frame.Transform,
        Rounded(frame.Quality.Roundness, 3),
        Rounded(frame.Quality.SignalToNoise, 2),
        Rounded(frame.Quality.Transparency, 4),
        Rounded(frame.Quality.MissingStars, 4),
        Rounded(frame.Quality.Sharpness, 6));

    private static double? Rounded(double? value, int digits) => value is { } known ? Math.Round(known, digits) : null;
}
