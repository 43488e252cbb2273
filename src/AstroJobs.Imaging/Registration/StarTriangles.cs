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
        var seen = new HashSet<int>();
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
        Span<int> near = stackalloc int[Neighbours];
        for (var i = 0; i < count; i++)
        {
            var found = FindNearest(stars, count, i, near);
            for (var j = 0; j < found; j++)
            {
                for (var k = j + 1; k < found; k++)
                    Add(i, near[j], near[k]);
            }
        }
        triangles.Sort((a, b) => a.Middle.CompareTo(b.Middle));
        return new StarTriangles(triangles);

        void Add(int i, int j, int k)
        {
            var (first, last) = (Math.Min(i, Math.Min(j, k)), Math.Max(i, Math.Max(j, k)));
            var middle = i + j + k - first - last;
            if (seen.Add((((first * LocalStars) + middle) * LocalStars) + last) && Triangle.TryMake(stars, first, middle, last, ShortestSide) is { } triangle)
                triangles.Add(triangle);
        }
    }

    /// <summary>The neighbours of a star among the first <paramref name="count"/>, nearest first.</summary>
    /// <returns>How many there are.</returns>
    private static int FindNearest(IReadOnlyList<Star> stars, int count, int star, Span<int> nearest)
    {
        Span<double> distances = stackalloc double[nearest.Length];
        var found = 0;
        for (var i = 0; i < count; i++)
        {
            var distance = DistanceSquared(stars[star], stars[i]);
            if (i == star || (found == nearest.Length && distance >= distances[^1]))
                continue;
            var place = found < nearest.Length ? found++ : found - 1;
            for (; place > 0 && distances[place - 1] > distance; place--)
                (nearest[place], distances[place]) = (nearest[place - 1], distances[place - 1]);
            (nearest[place], distances[place]) = (i, distance);
        }
        return found;
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
            KeepLonger(ref sides[0], ref sides[1]);
            KeepLonger(ref sides[1], ref sides[2]);
            KeepLonger(ref sides[0], ref sides[1]);
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

        private static void KeepLonger(ref (double Side, int Opposite) first, ref (double Side, int Opposite) second)
        {
            if (first.Side < second.Side)
                (first, second) = (second, first);
        }
    }
}
