namespace AstroJobs.Imaging.Demosaicing;

/// <summary>How a mosaic becomes colour.</summary>
public enum DemosaicMethod
{
    /// <summary>The mean of the nearest pixels of each colour: the fastest; keeps the light of a star in each colour, and widens it by a tenth.</summary>
    Bilinear,

    /// <summary>Malvar, He and Cutler's linear filters: keeps the light of a star in each colour and its width; more noise than bilinear.</summary>
    Malvar,

    /// <summary>Ratio corrected, along edges rather than across them: stars as narrow as they are, tinted ones a little whiter.</summary>
    Rcd,
}
