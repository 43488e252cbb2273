namespace AstroJobs.Imaging.Calibration;

/// <summary>Which pixels are replaced by their neighbours of the same colour.</summary>
public enum CosmeticCorrection
{
    /// <summary><see cref="Dark"/> where there is a dark, else none.</summary>
    Auto,

    None,

    /// <summary>Those that stand out of the master dark.</summary>
    Dark,

    /// <summary>Those that stand alone out of each frame, which no star does.</summary>
    Deviation,
}
