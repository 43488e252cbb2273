namespace AstroJobs.Imaging.Stacking;

/// <summary>How frames are laid on each other.</summary>
public enum StackAlignment
{
    /// <summary>By their stars: shift, rotation, scale, mirror.</summary>
    Stars,

    /// <summary>By the whole picture, shifted and turned: the Moon, planets and the Sun; all must be of one size.</summary>
    Surface,

    /// <summary>Pixel on pixel, as they are; all must be of one size.</summary>
    None,
}
