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
}
