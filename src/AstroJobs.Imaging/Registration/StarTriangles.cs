using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Registration;

/// <summary>
/// The triangles of a star list by their shape (b/a, c/a) with sides a ≥ b ≥ c, which shift, rotation, scale and mirror leave as it is
/// (Valdes et al. 1995). Two sorts: all among the brightest stars, which reach across the frame, and those of each star with its
/// neighbours, which survive when only part of the frame is shared.
/// </summary>
internal sealed class StarTriangles
{
    private const int Brightest = 24;
    private const int LocalStars = 160;
    private const int Neighbours = 6;
    private const double ShortestSide = 8; // a tenth of a pixel of error must not turn it by a degree

    private StarTriangles(List<Triangle> triangles) => Sorted = triangles;

    /// <summary>Ascending by b/a.</summary>
    public IReadOnlyList<Triangle> Sorted { get; }

    public static StarTriangles Of(IReadOnlyList<Star> stars)
    {
        var seen = new HashSet<(int, int, int)>();
        var triangles = new List<Triangle>();
        var bright = Math.Min(Brightest, stars.Count);
        for (var i = 0; i < bright; i++)
        {
            for (var j = i + 1; j < bright; j++)
            {
                for (var k = j + 1; k < bright; k++)
                    Add(i, j, k);
            }
        }
        var count = Math.Min(LocalStars, stars.Count);
        for (var i = 0; i < count; i++)
        {
            var near = Enumerable.Range(0, count).Where(j => j != i).OrderBy(j => DistanceSquared(stars[i], stars[j])).Take(Neighbours).ToArray();
            for (var j = 0; j < near.Length; j++)
            {
                for (var k = j + 1; k < near.Length; k++)
                    Add(i, near[j], near[k]);
            }
        }
        triangles.Sort((a, b) => a.Middle.CompareTo(b.Middle));
        return new StarTriangles(triangles);

        void Add(int i, int j, int k)
        {
            Span<int> key = [i, j, k];
            key.Sort();
            if (seen.Add((key[0], key[1], key[2])) && Triangle.TryMake(stars, key[0], key[1], key[2], ShortestSide) is { } triangle)
                triangles.Add(triangle);
        }
    }

    private static double DistanceSquared(Star a, Star b) => ((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y));

    /// <param name="First">Opposite the longest side, then <paramref name="Second"/> opposite the middle one: star indices in an order that any similar triangle shares.</param>
    /// <param name="Longest">Length of the longest side, pixels.</param>
    /// <param name="Middle">Middle / longest side.</param>
    /// <param name="Shortest">Shortest / longest side.</param>
    /// <param name="Clockwise">The way round first, second, third.</param>
    internal readonly record struct Triangle(int First, int Second, int Third, double Longest, double Middle, double Shortest, bool Clockwise)
    {
        private const double MostAlike = 0.985; // of two sides almost equal, noise would say which is longer

        public static Triangle? TryMake(IReadOnlyList<Star> stars, int i, int j, int k, double shortestSide)
        {
            Span<(double Side, int Opposite)> sides =
            [
                (Math.Sqrt(DistanceSquared(stars[j], stars[k])), i),
                (Math.Sqrt(DistanceSquared(stars[i], stars[k])), j),
                (Math.Sqrt(DistanceSquared(stars[i], stars[j])), k),
            ];
            sides.Sort((a, b) => b.Side.CompareTo(a.Side));
            var (longest, middle, shortest) = (sides[0].Side, sides[1].Side / sides[0].Side, sides[2].Side / sides[0].Side);
            if (sides[2].Side < shortestSide || middle > MostAlike || shortest > MostAlike * middle)
                return null;
            Star a = stars[sides[0].Opposite], b = stars[sides[1].Opposite], c = stars[sides[2].Opposite];
            var cross = ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
            // Nearly flat triangles do not know their way round.
            return Math.Abs(cross) < 0.02 * longest * longest
                ? null
                : new Triangle(sides[0].Opposite, sides[1].Opposite, sides[2].Opposite, longest, middle, shortest, cross > 0);
        }
    }
}
