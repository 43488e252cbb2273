using System.Globalization;

namespace AstroJobs.Kinds.Sky;

/// <summary>A direction in the sky: right ascension and declination, ICRS (J2000) degrees.</summary>
public readonly record struct SkyPosition(double RaDeg, double DecDeg)
{
    /// <summary>The angle to another direction in degrees (Vincenty's form: exact for small and for large angles).</summary>
    public double SeparationDeg(SkyPosition other)
    {
        var (sin1, cos1) = Math.SinCos(double.DegreesToRadians(DecDeg));
        var (sin2, cos2) = Math.SinCos(double.DegreesToRadians(other.DecDeg));
        var (sinRa, cosRa) = Math.SinCos(double.DegreesToRadians(other.RaDeg - RaDeg));
        var across = cos2 * sinRa;
        var along = (cos1 * sin2) - (sin1 * cos2 * cosRa);
        return double.RadiansToDegrees(Math.Atan2(Math.Sqrt((across * across) + (along * along)), (sin1 * sin2) + (cos1 * cos2 * cosRa)));
    }

    /// <summary>The direction to another position: degrees from north through east, −180 … 180.</summary>
    public double PositionAngleDeg(SkyPosition other)
    {
        var (sin1, cos1) = Math.SinCos(double.DegreesToRadians(DecDeg));
        var (sin2, cos2) = Math.SinCos(double.DegreesToRadians(other.DecDeg));
        var (sinRa, cosRa) = Math.SinCos(double.DegreesToRadians(other.RaDeg - RaDeg));
        return double.RadiansToDegrees(Math.Atan2(cos2 * sinRa, (cos1 * sin2) - (sin1 * cos2 * cosRa)));
    }

    /// <summary>As observers write it: <c>05 35 17.30</c> hours and <c>-05 23 28.0</c> degrees.</summary>
    public (string Ra, string Dec) ToSexagesimal()
    {
        var ra = Sexagesimal(RaDeg / 15, decimals: 2, whole: 24);
        var dec = Sexagesimal(Math.Abs(DecDeg), decimals: 1, whole: 91);
        return (ra, (DecDeg < 0 ? "-" : "+") + dec);
    }

    private static string Sexagesimal(double value, int decimals, int whole)
    {
        var unit = (long)Math.Pow(10, decimals);
        var ticks = (long)Math.Round(value * 3600 * unit) % (whole * 3600 * unit); // rounded once, so that no 60 appears
        var (minutes, rest) = Math.DivRem(ticks, 60 * unit);
        var seconds = (rest / unit).ToString("00", CultureInfo.InvariantCulture) + "." + (rest % unit).ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0');
        return string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00} {minutes % 60:00} {seconds}");
    }
}
