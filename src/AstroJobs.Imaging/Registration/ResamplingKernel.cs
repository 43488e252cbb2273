namespace AstroJobs.Imaging.Registration;

/// <summary>How a pixel between the pixels of a frame is reckoned from them.</summary>
public enum ResamplingKernel
{
    /// <summary>Eight pixels a side: the sharpest, with the least change of the noise.</summary>
    Lanczos4,

    /// <summary>Six pixels a side.</summary>
    Lanczos3,

    /// <summary>Four pixels a side, Keys' cubic.</summary>
    Bicubic,

    /// <summary>Two pixels a side: smooths, never overshoots.</summary>
    Bilinear,

    /// <summary>The nearest pixel as it is.</summary>
    Nearest,
}
