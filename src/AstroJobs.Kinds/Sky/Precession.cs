namespace AstroJobs.Kinds.Sky;

/// <summary>How the grid of coordinates turns over the centuries. Source: Lieske et al. 1977 (IAU 1976), good to an arcsecond within two centuries of J2000.</summary>
public static class Precession
{
    /// <summary>The equinox of the constellations' borders, in Julian centuries from J2000.</summary>
    public const double B1875 = (2405889.25855 - 2451545.0) / 36525;

    /// <param name="centuries">Julian centuries from J2000 to the equinox wanted.</param>
    public static SkyPosition FromJ2000(SkyPosition position, double centuries)
    {
        var (zeta, z, theta) = Angles(centuries);
        return Turn(position, zeta, theta, z);
    }

    /// <param name="centuries">Julian centuries from J2000 to the equinox at hand.</param>
    public static SkyPosition ToJ2000(SkyPosition position, double centuries)
    {
        var (zeta, z, theta) = Angles(centuries);
        return Turn(position, -z, -theta, -zeta);
    }

    private static (double Zeta, double Z, double Theta) Angles(double t) => (
        Radians(((((0.017998 * t) + 0.30188) * t) + 2306.2181) * t),
        Radians(((((0.018203 * t) + 1.09468) * t) + 2306.2181) * t),
        Radians(((((-0.041833 * t) - 0.42665) * t) + 2004.3109) * t));

    private static SkyPosition Turn(SkyPosition position, double before, double tilt, double after)
    {
        var (sinDec, cosDec) = Math.SinCos(double.DegreesToRadians(position.DecDeg));
        var (sinRa, cosRa) = Math.SinCos(double.DegreesToRadians(position.RaDeg) + before);
        var (sin, cos) = Math.SinCos(tilt);
        var a = cosDec * sinRa;
        var b = (cos * cosDec * cosRa) - (sin * sinDec);
        var c = (sin * cosDec * cosRa) + (cos * sinDec);
        var ra = double.RadiansToDegrees(Math.Atan2(a, b) + after);
        return new SkyPosition(ra - (360 * Math.Floor(ra / 360)), double.RadiansToDegrees(Math.Atan2(c, double.Hypot(a, b))));
    }

    private static double Radians(double arcseconds) => double.DegreesToRadians(arcseconds / 3600);
}
