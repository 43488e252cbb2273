namespace AstroJobs.Kinds.Sky;

/// <summary>What a solved picture shows of the sky.</summary>
/// <param name="Centre">Where its middle looks.</param>
/// <param name="RadiusDeg">From there to its farthest corner.</param>
public sealed record SkyView(Wcs Wcs, int Width, int Height, SkyPosition Centre, double RadiusDeg)
{
    public static SkyView Of(Wcs wcs, int width, int height)
    {
        var centre = wcs.ToSky((width - 1) / 2.0, (height - 1) / 2.0);
        return new SkyView(wcs, width, height, centre, Corners(wcs, width, height).Max(corner => corner.SeparationDeg(centre)));
    }

    /// <summary>Where the outer corners look: top left, top right, bottom right, bottom left.</summary>
    public static IReadOnlyList<SkyPosition> Corners(Wcs wcs, int width, int height) =>
    [
        wcs.ToSky(-0.5, -0.5), wcs.ToSky(width - 0.5, -0.5), wcs.ToSky(width - 0.5, height - 0.5), wcs.ToSky(-0.5, height - 0.5),
    ];

    /// <summary>Width and height through the middle, degrees.</summary>
    public (double WidthDeg, double HeightDeg) Size
    {
        get
        {
            var (x, y) = ((Width - 1) / 2.0, (Height - 1) / 2.0);
            return (
                Wcs.ToSky(-0.5, y).SeparationDeg(Centre) + Centre.SeparationDeg(Wcs.ToSky(Width - 0.5, y)),
                Wcs.ToSky(x, -0.5).SeparationDeg(Centre) + Centre.SeparationDeg(Wcs.ToSky(x, Height - 0.5)));
        }
    }

    public double OrientationDeg => Wcs.UpAt((Width - 1) / 2.0, (Height - 1) / 2.0);

    public double ScaleArcsecPerPixel => Wcs.ScaleAt((Width - 1) / 2.0, (Height - 1) / 2.0);

    /// <summary>The pixel that looks at a place; false when it lies outside the picture.</summary>
    public bool TryToPixel(SkyPosition position, out double x, out double y) =>
        Wcs.TryToPixel(position, out x, out y) && x >= -0.5 && y >= -0.5 && x <= Width - 0.5 && y <= Height - 0.5;
}
