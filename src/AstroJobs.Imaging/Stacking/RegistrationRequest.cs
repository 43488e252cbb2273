using AstroJobs.Imaging.Quality;
using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Stacking;

/// <summary>How it is found out where frames lie, and on what.</summary>
public sealed record RegistrationRequest
{
    /// <summary>Path, as among the inputs, of the frame on which the others are laid; null for the best.</summary>
    public string? Reference { get; init; }

    /// <summary>What a frame may differ by from the reference.</summary>
    public TransformModel Transform { get; init; } = TransformModel.Auto;

    /// <summary>Frames of which one holds are left out; null for none.</summary>
    public FrameCriteria? RejectFrames { get; init; }

    /// <summary>How many of the others are taken, the best; null for all.</summary>
    public BestShare? Best { get; init; }

    public StackFraming Framing { get; init; } = StackFraming.Reference;

    /// <summary>The picture is cut to the largest rectangle of which this part of the frames, 0 … 1, shows every pixel; null: it is not cut.</summary>
    public double? CropShare { get; init; }

    /// <summary>What is held still in place of the stars; null for nothing.</summary>
    public CometMotion? Comet { get; init; }

    /// <summary>Null: frames are resampled, not drizzled.</summary>
    public DrizzleRequest? Drizzle { get; init; }

    public ResamplingKernel Kernel { get; init; } = ResamplingKernel.Lanczos4;
}
