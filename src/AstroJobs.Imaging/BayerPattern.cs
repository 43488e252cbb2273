namespace AstroJobs.Imaging;

/// <summary>The colours of the top left 2×2 pixels of a mosaic, row by row from the top.</summary>
public enum BayerPattern
{
    Rggb,
    Bggr,
    Grbg,
    Gbrg,
}
