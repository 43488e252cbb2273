namespace AstroJobs.Imaging.Trimming;

/// <summary>What becomes of the columns and rows of a sensor that saw no light, where a FITS header tells them (TRIMSEC, DATASEC, BIASSEC).</summary>
public enum OverscanUse
{
    /// <summary>They are left out.</summary>
    Trim,

    /// <summary>Their level is taken off, row by row, before they are left out.</summary>
    Subtract,

    /// <summary>They stay in the picture.</summary>
    Keep,
}
