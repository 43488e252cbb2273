using AstroJobs.Imaging.Stars;

namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>Stars of a picture and of the catalogue that lie on each other, each taken once.</summary>
internal static class StarPairs
{
    private const double ChanceShare = 0.15; // of the stars may find a stranger within the tolerance

    /// <param name="stars">Brightest first.</param>
    /// <param name="catalogue">Brightest first.</param>
    /// <param name="tolerance">Pixels. The wider, the fewer and brighter are the stars that are looked at: strangers must stay rare.</param>
    public static List<(Star Star, SkyStar Sky)> Find(
        IReadOnlyList<Star> stars, IReadOnlyList<SkyStar> catalogue, Wcs wcs, int width, int height, double tolerance)
    {
        var count = MostStars(width, height, tolerance);
        var cells = stars.Take(count).ToLookup(star => Cell(star.X, star.Y, tolerance));
        var taken = new HashSet<Star>();
        var pairs = new List<(Star, SkyStar)>();
        var seen = 0;
        foreach (var sky in catalogue)
        {
            if (!wcs.TryToPixel(sky.Position, out var x, out var y) || !(x >= 0 && y >= 0 && x < width && y < height))
                continue;
            if (++seen > count)
                break;
            if (Nearest(cells, taken, x, y, tolerance) is { } star)
            {
                taken.Add(star);
                pairs.Add((star, sky));
            }
        }
        return pairs;
    }

    /// <summary>How many of the brightest stars of either side are looked at.</summary>
    public static int MostStars(int width, int height, double tolerance) => (int)(ChanceShare * width * height / (Math.PI * tolerance * tolerance));

    private static Star? Nearest(ILookup<(int, int), Star> cells, HashSet<Star> taken, double x, double y, double tolerance)
    {
        Star? best = null;
        var closest = tolerance * tolerance;
        var (cellX, cellY) = Cell(x, y, tolerance);
        for (var i = 0; i < 9; i++)
        {
            foreach (var star in cells[(cellX + (i % 3) - 1, cellY + (i / 3) - 1)])
            {
                var distance = ((star.X - x) * (star.X - x)) + ((star.Y - y) * (star.Y - y));
                if (distance < closest && !taken.Contains(star))
                    (best, closest) = (star, distance);
            }
        }
        return best;
    }

    private static (int X, int Y) Cell(double x, double y, double size) => ((int)Math.Floor(x / size), (int)Math.Floor(y / size));
}
