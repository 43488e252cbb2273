namespace AstroJobs.Imaging.Rendering;

/// <summary>Whether a picture is brightened for the eye.</summary>
public enum PictureStretch
{
    /// <summary>What has more than eight bits is taken for linear and stretched, eight bits for finished.</summary>
    Auto,

    On,

    Off,
}
