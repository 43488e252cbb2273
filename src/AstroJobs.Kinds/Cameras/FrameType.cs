namespace AstroJobs.Kinds.Cameras;

/// <summary>What a frame is taken for (FITS IMAGETYP).</summary>
public enum FrameType
{
    /// <summary>The sky.</summary>
    Light,

    /// <summary>As long as a light, with the cap on.</summary>
    Dark,

    /// <summary>An evenly lit screen.</summary>
    Flat,

    /// <summary>The shortest exposure, with the cap on.</summary>
    Bias,
}
