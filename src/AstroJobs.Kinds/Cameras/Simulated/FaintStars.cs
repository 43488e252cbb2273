using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Cameras.Simulated;

/// <summary>
/// Made stars below the catalogue's limit, so that narrow and deep fields are not empty: the same ones at the same place in every
/// frame of every seed. Their number grows as in the sky, ×2.6 a magnitude to V 15 and ×2.1 beyond, and thins out away from the Milky Way.
/// </summary>
internal static class FaintStars
{
    /// <summary>The faintest magnitude there is any star of.</summary>
    public const float FaintestMagnitude = 20.2f;

    private const double PerSquareDegree = 3.45; // what the catalogue holds to its limit, 142 656 stars, over the whole sky
    private const double StarsInCell = 12; // small cells fit narrow fields; few stars each keep the seeding cheap
    private const ulong Universe = 0x0A57120A; // fixed: one sky for all

    /// <summary>The made stars of all cells that the circle touches (some lie a little outside) down to a magnitude.</summary>
    public static List<SkyStar> Around(SkyPosition centre, double radiusDeg, float faintest)
    {
        var found = new List<SkyStar>();
        var upTo = PerSquareDegree;
        for (var brightest = StarCatalogue.FaintestMagnitude; brightest < Math.Min(faintest, FaintestMagnitude); brightest += 1)
        {
            var growth = brightest < 15 ? 2.6 : 2.1;
            AddMagnitude(found, centre, radiusDeg, brightest, growth, upTo * (growth - 1), faintest);
            upTo *= growth;
        }
        return found;
    }

    // Every magnitude has its own cells and seeds: asking for fainter stars leaves the brighter ones where they are.
    private static void AddMagnitude(
        List<SkyStar> found, SkyPosition centre, double radiusDeg, float brightest, double growth, double perSquareDegree, float faintest)
    {
        var cells = SkyCells.OfSize(Math.Min(2, Math.Sqrt(StarsInCell / perSquareDegree)));
        foreach (var cell in cells.Touching(centre, radiusDeg))
        {
            var (ra, dec, width) = cells.Bounds(cell);
            var south = Math.Sin(double.DegreesToRadians(dec));
            var north = Math.Sin(double.DegreesToRadians(Math.Min(90, dec + cells.ZoneHeightDeg)));
            var squareDegrees = width * double.RadiansToDegrees(north - south);
            var middle = new SkyPosition(ra + (width / 2), dec + (cells.ZoneHeightDeg / 2));
            var random = new RandomStream(Universe, (long)brightest, cell);
            for (var left = random.NextPoisson(perSquareDegree * squareDegrees * Crowding(middle)); left >= 1; left--)
            {
                var position = new SkyPosition(
                    ra + (width * random.NextUniform()),
                    double.RadiansToDegrees(Math.Asin(south + ((north - south) * random.NextUniform()))));
                var magnitude = brightest + (float)Math.Log(1 + ((growth - 1) * random.NextUniform()), growth);
                var colour = Colour(ref random);
                if (magnitude <= faintest)
                    found.Add(new SkyStar(position, magnitude, colour));
            }
        }
    }

    // Density against the mean of the sky by galactic latitude: its mean over the sphere is 1, the ratio plane to pole about 6.
    private static double Crowding(SkyPosition position)
    {
        var galacticPole = new SkyPosition(192.85948, 27.12825); // J2000, from the Hipparcos catalogue, vol. 1 §1.5.3
        var latitude = 90 - position.SeparationDeg(galacticPole);
        return 0.45 + (2.25 * Math.Exp(-Math.Abs(latitude) / 15));
    }

    // B−V: half near the Sun's, a third K giants and dwarfs, the rest blue.
    private static float Colour(ref RandomStream random)
    {
        var share = random.NextUniform();
        var (blue, red) = share switch
        {
            < 0.18 => (-0.1, 0.35),
            < 0.65 => (0.35, 0.80),
            < 0.93 => (0.80, 1.30),
            _ => (1.30, 1.70),
        };
        return (float)(blue + ((red - blue) * random.NextUniform()));
    }
}
