namespace AstroJobs.Imaging;

/// <summary>
/// Where a picture lies on the sky, as FITS tells it (world coordinates: Greisen and Calabretta 2002), in the coordinates of a picture in memory: from the middle
/// of the top left pixel, y downwards. The pixel (X, Y) has the coordinates (RaDeg, DecDeg), and the matrix leads from pixels to degrees on
/// the plane of the projection.
/// </summary>
/// <param name="Projection">Three letters, such as TAN.</param>
/// <param name="Xx">Degrees of the first axis (right ascension, eastwards) a pixel to the right; <paramref name="Xy"/> a pixel down.</param>
/// <param name="Yx">Degrees of the second axis a pixel to the right; <paramref name="Yy"/> a pixel down.</param>
public sealed record SkyPlane(string Projection, double X, double Y, double RaDeg, double DecDeg, double Xx, double Xy, double Yx, double Yy)
{
    /// <summary>Null for a picture without.</summary>
    public SkyDistortion? Distortion { get; init; }

    /// <summary>Of a picture whose first pixel is the one at (<paramref name="left"/>, <paramref name="top"/>), with <paramref name="scale"/> pixels for each.</summary>
    public SkyPlane On(double left, double top, double scale) => this with
    {
        X = ((X - left) * scale) + ((scale - 1) / 2),
        Y = ((Y - top) * scale) + ((scale - 1) / 2),
        Xx = Xx / scale,
        Xy = Xy / scale,
        Yx = Yx / scale,
        Yy = Yy / scale,
        Distortion = Distortion?.Scaled(scale),
    };
}
