namespace AstroJobs.Imaging.Trimming;

/// <summary>Which part of frames is taken, lights and calibration frames alike.</summary>
/// <param name="Area">Whatever the header says; null: what it says.</param>
public sealed record TrimRequest(OverscanUse Overscan = OverscanUse.Trim, FrameArea? Area = null)
{
    public static TrimRequest Usual { get; } = new();
}
