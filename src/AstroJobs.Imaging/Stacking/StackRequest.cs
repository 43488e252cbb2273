using AstroJobs.Imaging.Calibration;
using AstroJobs.Imaging.Demosaicing;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Landscape;
using AstroJobs.Imaging.Stacking.Trails;
using AstroJobs.Imaging.Trimming;

namespace AstroJobs.Imaging.Stacking;

/// <summary>What to stack, how, and where to.</summary>
public sealed record StackRequest
{
    /// <summary>In the order in which they are reported.</summary>
    public required IReadOnlyList<StackInput> Inputs { get; init; }

    public StackMode Mode { get; init; } = StackMode.Mean;

    /// <summary>For the mean and the sum.</summary>
    public StackRejection Rejection { get; init; } = StackRejection.Auto;

    /// <summary>Null: the usual ones of the rejection.</summary>
    public RejectionLimits? RejectionLimits { get; init; }

    public StackNormalization Normalization { get; init; } = StackNormalization.Auto;

    /// <summary>For the mean and the sum.</summary>
    public StackWeighting Weighting { get; init; } = StackWeighting.None;

    public StackAlignment Alignment { get; init; } = StackAlignment.Stars;

    public RegistrationRequest Registration { get; init; } = new();

    /// <summary>How mosaics become colour.</summary>
    public DemosaicMethod Demosaic { get; init; } = DemosaicMethod.Malvar;

    /// <summary>Masters, and what else the numbers of the lights are put right with; null for nothing but a sensor's own black and white.</summary>
    public CalibrationRequest? Calibration { get; init; }

    /// <summary>Which part of the frames is taken.</summary>
    public TrimRequest Trim { get; init; } = TrimRequest.Usual;

    /// <summary>About how much memory the pixels may take; null is a quarter of what is available, at least 128 MiB.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>For a scratch file of decoded pixels, which is gone when the stack is done.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>The result; its ending says the format.</summary>
    public required string OutputPath { get; init; }

    /// <summary>A stretched 8-bit picture to look at; null for none.</summary>
    public string? PreviewPath { get; init; }

    /// <summary>What is done to the result once all frames are in it.</summary>
    public FinishRequest Finish { get; init; } = new();

    /// <summary>Pictures of how many frames were rejected below and above at each pixel (of drizzled frames, those of which a rejected sample would have fallen there); null for none.</summary>
    public RejectionMapPaths? RejectionMaps { get; init; }

    /// <summary>For the mode max; null for plain trails.</summary>
    public TrailRequest? Trails { get; init; }

    /// <summary>A sky over a ground that stands still; null for a picture of one piece.</summary>
    public LandscapeRequest? Landscape { get; init; }

    /// <summary>Null: a stack that is stopped has to begin anew.</summary>
    public CheckpointRequest? Checkpoint { get; init; }

    /// <summary>A picture of how many frames show each pixel; null for none.</summary>
    public string? CoveragePath { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether the background of each frame is looked at, for frames whose sky has another shape than that of the others.</summary>
    internal bool LooksForUnevenSkies =>
        Alignment == StackAlignment.Stars && Landscape is null && Mode is (StackMode.Mean or StackMode.Sum or StackMode.Median)
        && (Normalization == StackNormalization.AdditiveScaling || (Normalization == StackNormalization.Auto && Rejection != StackRejection.None));
}
