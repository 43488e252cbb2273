namespace AstroJobs.Kinds.Sky;

/// <summary>
/// Where the Moon and the planets stand, as seen from the middle of the Earth: planets to a few arcminutes (Keplerian elements 1800 to 2050;
/// Standish and Williams, "Approximate Positions of the Planets", JPL), the Moon to a tenth of a degree (the largest terms of Meeus,
/// Astronomical Algorithms, chapter 47), from a place on Earth up to a degree elsewhere.
/// </summary>
public static class SolarSystem
{
    private const double ObliquityDeg = 23.43928; // J2000
    private const double J2000 = 2451545.0;
    private const double UnixEpoch = 2440587.5;
    private const double LightDaysPerAu = 0.0057755;
    private const int Earth = 2;

    // a (au), e, inclination, mean longitude, longitude of perihelion, longitude of the node (degrees); each with its change a century.
    private static readonly Orbit[] Orbits =
    [
        new("Mercury", [0.38709927, 0.20563593, 7.00497902, 252.25032350, 77.45779628, 48.33076593], [0.00000037, 0.00001906, -0.00594749, 149472.67411175, 0.16047689, -0.12534081]),
        new("Venus", [0.72333566, 0.00677672, 3.39467605, 181.97909950, 131.60246718, 76.67984255], [0.00000390, -0.00004107, -0.00078890, 58517.81538729, 0.00268329, -0.27769418]),
        new("Earth", [1.00000261, 0.01671123, -0.00001531, 100.46457166, 102.93768193, 0], [0.00000562, -0.00004392, -0.01294668, 35999.37244981, 0.32327364, 0]),
        new("Mars", [1.52371034, 0.09339410, 1.84969142, -4.55343205, -23.94362959, 49.55953891], [0.00001847, 0.00007882, -0.00813131, 19140.30268499, 0.44441088, -0.29257343]),
        new("Jupiter", [5.20288700, 0.04838624, 1.30439695, 34.39644051, 14.72847983, 100.47390909], [-0.00011607, -0.00013253, -0.00183714, 3034.74612775, 0.21252668, 0.20469106]),
        new("Saturn", [9.53667594, 0.05386179, 2.48599187, 49.95424423, 92.59887831, 113.66242448], [-0.00125060, -0.00050991, 0.00193609, 1222.49362201, -0.41897216, -0.28867794]),
        new("Uranus", [19.18916464, 0.04725744, 0.77263783, 313.23810451, 170.95427630, 74.01692503], [-0.00196176, -0.00004397, -0.00242939, 428.48202785, 0.40805281, 0.04240589]),
        new("Neptune", [30.06992276, 0.00859048, 1.77004347, -55.12002969, 44.96476227, 131.78422574], [0.00026291, 0.00005105, 0.00035372, 218.45945325, -0.32241464, -0.00508664]),
    ];

    // Multiples of D, M, M', F; degrees of longitude (sine).
    private static readonly (int D, int M, int N, int F, double Degrees)[] MoonLongitude =
    [
        (0, 0, 1, 0, 6.288774), (2, 0, -1, 0, 1.274027), (2, 0, 0, 0, 0.658314), (0, 0, 2, 0, 0.213618), (0, 1, 0, 0, -0.185116), (0, 0, 0, 2, -0.114332),
        (2, 0, -2, 0, 0.058793), (2, -1, -1, 0, 0.057066), (2, 0, 1, 0, 0.053322), (2, -1, 0, 0, 0.045758), (0, 1, -1, 0, -0.040923), (1, 0, 0, 0, -0.034720), (0, 1, 1, 0, -0.030383),
    ];

    private static readonly (int D, int M, int N, int F, double Degrees)[] MoonLatitude =
    [
        (0, 0, 0, 1, 5.128122), (0, 0, 1, 1, 0.280602), (0, 0, 1, -1, 0.277693), (2, 0, 0, -1, 0.173237), (2, 0, -1, 1, 0.055413), (2, 0, -1, -1, 0.046271), (2, 0, 0, 1, 0.032573),
    ];

    /// <summary>All bodies at a time, J2000.</summary>
    public static IEnumerable<(string Name, string Type, SkyPosition Position)> At(DateTimeOffset time)
    {
        var days = time.ToUnixTimeMilliseconds() / 86_400_000.0 + UnixEpoch - J2000;
        for (var i = 0; i < Orbits.Length; i++)
        {
            if (i != Earth)
                yield return (Orbits[i].Name, "planet", Planet(i, days));
        }
        yield return ("Moon", "moon", Moon(days));
    }

    private static SkyPosition Planet(int index, double days)
    {
        var earth = Orbits[Earth].Heliocentric(days / 36525);
        var planet = Orbits[index].Heliocentric(days / 36525);
        var distance = Math.Sqrt(Square(planet.X - earth.X) + Square(planet.Y - earth.Y) + Square(planet.Z - earth.Z));
        // Seen where it was when its light left.
        planet = Orbits[index].Heliocentric((days - (distance * LightDaysPerAu)) / 36525);
        return FromEcliptic(planet.X - earth.X, planet.Y - earth.Y, planet.Z - earth.Z);
    }

    private static SkyPosition Moon(double days)
    {
        var t = days / 36525;
        var mean = 218.3164477 + (481267.88123421 * t);
        var d = 297.8501921 + (445267.1114034 * t);
        var m = 357.5291092 + (35999.0502909 * t);
        var n = 134.9633964 + (477198.8675055 * t);
        var f = 93.2720950 + (483202.0175233 * t);
        double Sum((int D, int M, int N, int F, double Degrees)[] terms) =>
            terms.Sum(term => term.Degrees * Math.Sin(double.DegreesToRadians((term.D * d) + (term.M * m) + (term.N * n) + (term.F * f))));
        var longitude = double.DegreesToRadians(mean + Sum(MoonLongitude));
        var latitude = double.DegreesToRadians(Sum(MoonLatitude));
        var ofDate = FromEcliptic(Math.Cos(latitude) * Math.Cos(longitude), Math.Cos(latitude) * Math.Sin(longitude), Math.Sin(latitude));
        return Precession.ToJ2000(ofDate, t);
    }

    private static SkyPosition FromEcliptic(double x, double y, double z)
    {
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(ObliquityDeg));
        var (north, across) = ((sin * y) + (cos * z), (cos * y) - (sin * z));
        var ra = double.RadiansToDegrees(Math.Atan2(across, x));
        return new SkyPosition(ra < 0 ? ra + 360 : ra, double.RadiansToDegrees(Math.Atan2(north, double.Hypot(x, across))));
    }

    private static double Square(double value) => value * value;

    private sealed record Orbit(string Name, double[] Elements, double[] Rates)
    {
        /// <summary>Astronomical units on the J2000 ecliptic.</summary>
        public (double X, double Y, double Z) Heliocentric(double centuries)
        {
            double Element(int i) => Elements[i] + (Rates[i] * centuries);
            var (a, e) = (Element(0), Element(1));
            var (inclination, perihelion, node) = (double.DegreesToRadians(Element(2)), double.DegreesToRadians(Element(4)), double.DegreesToRadians(Element(5)));
            var anomaly = Math.IEEERemainder(double.DegreesToRadians(Element(3)) - perihelion, 2 * Math.PI);
            var eccentric = anomaly + (e * Math.Sin(anomaly));
            for (var i = 0; i < 10; i++) // Newton's steps on Kepler's equation; three do for these orbits
                eccentric -= (eccentric - (e * Math.Sin(eccentric)) - anomaly) / (1 - (e * Math.Cos(eccentric)));
            var (x, y) = (a * (Math.Cos(eccentric) - e), a * Math.Sqrt(1 - (e * e)) * Math.Sin(eccentric));
            var (sinW, cosW) = Math.SinCos(perihelion - node);
            var (sinN, cosN) = Math.SinCos(node);
            var (sinI, cosI) = Math.SinCos(inclination);
            var (u, v) = ((x * cosW) - (y * sinW), (x * sinW) + (y * cosW));
            return ((u * cosN) - (v * sinN * cosI), (u * sinN) + (v * cosN * cosI), v * sinI);
        }
    }
}
