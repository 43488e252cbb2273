using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Stacking;

/// <summary>How it is found out where frames lie, and on what.</summary>
public sealed record RegistrationRequest
{
    /// <summary>Path, as among the inputs, of the frame on which the others are laid; null for the best.</summary>
    public string? Reference { get; init; }

    /// <summary>What a frame may differ by from the reference.</summary>
    public TransformModel Transform { get; init; } = TransformModel.Auto;
}
