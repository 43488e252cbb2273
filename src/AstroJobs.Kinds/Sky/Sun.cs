using static System.Math;

namespace AstroJobs.Kinds.Sky;

/// <summary>
/// Where the Sun is, by the low-precision theory of the Astronomical Almanac as Meeus gives it (Astronomical Algorithms, 2nd edition, chapters 12, 13
/// and 25): good to 0.01° from 1900 to 2100, which is 4 s of a sunset at middle latitudes. Universal time serves as dynamical time: the minute between them
/// moves the Sun by less than 0.001°.
/// </summary>
internal static class Sun
{
    /// <summary>Of the Sun's middle when its upper edge touches a flat horizon: 34′ of refraction and 16′ of radius.</summary>
    public const double RiseAltitudeDeg = -50.0 / 60;

    private static readonly DateTimeOffset J2000 = new(2000, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Exact = TimeSpan.FromMilliseconds(100);

    /// <summary>Apparent right ascension and declination of date.</summary>
    public static SkyPosition Position(DateTimeOffset time)
    {
        var t = (time - J2000).TotalDays / 36525;
        var meanLongitude = 280.46646 + (t * (36000.76983 + (t * 0.0003032)));
        var anomaly = Radians(357.52911 + (t * (35999.05029 - (t * 0.0001537))));
        var centre = ((1.914602 - (t * (0.004817 + (t * 0.000014)))) * Sin(anomaly))
            + ((0.019993 - (t * 0.000101)) * Sin(2 * anomaly))
            + (0.000289 * Sin(3 * anomaly));
        var node = Radians(125.04 - (1934.136 * t));
        var longitude = Radians(meanLongitude + centre - 0.00569 - (0.00478 * Sin(node)));
        var obliquity = Radians(23.4392911 - (0.0130042 * t) + (0.00256 * Cos(node)));
        var ra = Degrees(Atan2(Cos(obliquity) * Sin(longitude), Cos(longitude)));
        return new SkyPosition(ra < 0 ? ra + 360 : ra, Degrees(Asin(Sin(obliquity) * Sin(longitude))));
    }

    /// <summary>Of its middle above the true horizon, without refraction: degrees.</summary>
    public static double AltitudeDeg(DateTimeOffset time, GeoPlace place)
    {
        var sun = Position(time);
        var days = (time - J2000).TotalDays;
        var siderealDeg = 280.46061837 + (360.98564736629 * days);
        var hourAngle = Radians(siderealDeg + place.LongitudeDeg - sun.RaDeg);
        var (latitude, declination) = (Radians(place.LatitudeDeg), Radians(sun.DecDeg));
        return Degrees(Asin((Sin(latitude) * Sin(declination)) + (Cos(latitude) * Cos(declination) * Cos(hourAngle))));
    }

    /// <summary>When it next passes an altitude, upwards or downwards; null when it does not within <paramref name="span"/>.</summary>
    public static DateTimeOffset? NextPassage(DateTimeOffset after, TimeSpan span, GeoPlace place, double altitudeDeg, bool rises)
    {
        var last = after + span;
        for (var from = after; from < last; from += Step)
            if (IsPast(from + Step) && !IsPast(from))
                return Narrow(from, from + Step, IsPast);
        return null;

        bool IsPast(DateTimeOffset time) => (AltitudeDeg(time, place) > altitudeDeg) == rises;
    }

    private static DateTimeOffset Narrow(DateTimeOffset before, DateTimeOffset past, Func<DateTimeOffset, bool> isPast)
    {
        while (past - before > Exact)
        {
            var middle = before + ((past - before) / 2);
            (before, past) = isPast(middle) ? (before, middle) : (middle, past);
        }
        return past;
    }

    private static double Radians(double degrees) => double.DegreesToRadians(degrees);

    private static double Degrees(double radians) => double.RadiansToDegrees(radians);
}
