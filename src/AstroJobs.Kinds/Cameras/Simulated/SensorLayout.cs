namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>What the pixels of the simulated sensor see.</summary>
public enum SensorLayout
{
    /// <summary>All light: one plane.</summary>
    Mono,

    /// <summary>Red, green and blue at every pixel: three planes.</summary>
    Color,

    /// <summary>One colour a pixel, RGGB: one plane, to be demosaiced.</summary>
    Bayer,
}
