using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Rendering;

namespace AstroJobs.Imaging.Stacking;

/// <summary>What a stack was made of.</summary>
public sealed record StackReport
{
    /// <summary>In the order of the inputs.</summary>
    public required IReadOnlyList<StackedFrame> Used { get; init; }

    /// <summary>In the order of the inputs.</summary>
    public required IReadOnlyList<LeftOutFrame> LeftOut { get; init; }

    /// <summary>Path of the frame on which the others were laid.</summary>
    public required string Reference { get; init; }

    /// <summary>Of the result, pixels.</summary>
    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>1, or 3 for colour.</summary>
    public required int Channels { get; init; }

    /// <summary>Which part of the reference's plane the result shows.</summary>
    public required StackCanvas Canvas { get; init; }

    /// <summary>Sum over the frames used; null when not all of them say theirs.</summary>
    public required TimeSpan? TotalExposure { get; init; }

    /// <summary>What was done; never auto.</summary>
    public required StackNormalization Normalization { get; init; }

    /// <summary>What was done.</summary>
    public required StackWeighting Weighting { get; init; }

    public required RejectionReport Rejection { get; init; }

    /// <summary>Null when the lights were taken as they are.</summary>
    public required CalibrationReport? Calibration { get; init; }

    /// <summary>What was done to the result once all frames were in it.</summary>
    public required FinishReport Finish { get; init; }

    /// <summary>What a person should know about the result.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public required StackTimes Times { get; init; }
}
