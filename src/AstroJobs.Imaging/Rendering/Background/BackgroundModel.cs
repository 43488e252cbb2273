namespace AstroJobs.Imaging.Rendering.Background;

/// <summary>What surface is taken off a result so that its sky becomes even.</summary>
public enum BackgroundModel
{
    /// <summary>None.</summary>
    None,

    /// <summary>A plane: light from one side.</summary>
    Plane,

    /// <summary>A polynomial of the second order: what a flat left of vignetting.</summary>
    Poly2,

    /// <summary>Of the third order.</summary>
    Poly3,

    /// <summary>Of the fourth order.</summary>
    Poly4,

    /// <summary>A smoothed thin plate through the samples of the sky, for gradients of any shape; large nebulae suffer most from it.</summary>
    Rbf,
}
