namespace AstroJobs.Kinds.Extract;

/// <summary>In what the bounds of the scale are given: as solve-field calls them.</summary>
public enum ScaleUnits
{
    /// <summary>Width of the picture in degrees.</summary>
    Degwidth,

    /// <summary>Width of the picture in arcminutes.</summary>
    Arcminwidth,

    /// <summary>Arcseconds a pixel.</summary>
    Arcsecperpix,
}
