using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Rendering;

namespace AstroJobs.Imaging.Stacking;

/// <summary>What a stack was made of.</summary>
/// <param name="Used">In the order of the inputs.</param>
/// <param name="LeftOut">In the order of the inputs.</param>
/// <param name="Reference">Path of the frame on which the others were laid.</param>
/// <param name="Width">Of the result.</param>
/// <param name="Height">Of the result.</param>
/// <param name="Channels">Of the result: 1, or 3 for colour.</param>
/// <param name="TotalExposure">Sum over the frames used; null when not all of them say theirs.</param>
/// <param name="Normalization">What was done; never auto.</param>
/// <param name="Weighting">What was done.</param>
/// <param name="Rejection">What was done; never auto.</param>
/// <param name="RejectionLimits">Null when nothing was rejected.</param>
/// <param name="RejectedLow">Part of all samples, 0 … 1, rejected as too dark; null when nothing is rejected.</param>
/// <param name="RejectedHigh">The same as too bright.</param>
/// <param name="RejectionMaps">Those that were made.</param>
/// <param name="Notes">What a person should know about the result.</param>
/// <param name="ReadTime">Decoding and finding stars.</param>
/// <param name="Canvas">Which part of the reference's plane the result shows.</param>
/// <param name="Calibration">Null when the lights were taken as they are.</param>
/// <param name="Finish">What was done to the result once all frames were in it.</param>
public sealed record StackReport(
    IReadOnlyList<StackedFrame> Used,
    IReadOnlyList<LeftOutFrame> LeftOut,
    string Reference,
    int Width,
    int Height,
    int Channels,
    TimeSpan? TotalExposure,
    StackNormalization Normalization,
    StackWeighting Weighting,
    StackRejection Rejection,
    RejectionLimits? RejectionLimits,
    double? RejectedLow,
    double? RejectedHigh,
    RejectionMapPaths? RejectionMaps,
    IReadOnlyList<string> Notes,
    TimeSpan ReadTime,
    TimeSpan RegisterTime,
    TimeSpan IntegrateTime,
    TimeSpan WriteTime,
    StackCanvas Canvas,
    CalibrationReport? Calibration = null,
    FinishReport? Finish = null)
{
    /// <summary>Making masters, or finding them in the cache.</summary>
    public TimeSpan MastersTime { get; init; }
}
