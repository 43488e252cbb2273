namespace AstroJobs.Imaging.Registration;

/// <summary>What a frame may differ by from the reference; each model holds the ones before it.</summary>
public enum TransformModel
{
    /// <summary>The simplest that the stars' distances do not speak against.</summary>
    Auto,

    /// <summary>Moved.</summary>
    Shift,

    /// <summary>Moved, turned, enlarged, mirrored.</summary>
    Similarity,

    /// <summary>Also sheared, and enlarged more in one direction.</summary>
    Affine,

    /// <summary>Also tilted: a flat sky seen from the side.</summary>
    Homography,

    /// <summary>Also bent as by a lens: a polynomial of the second to the seventh order.</summary>
    Distortion,
}
