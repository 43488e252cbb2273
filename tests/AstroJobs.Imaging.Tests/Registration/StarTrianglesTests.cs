using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Tests.Registration;

/// <summary>Against all triples of the stars: a triangle too few, and frames that share a corner of the sky are not found to belong together.</summary>
public sealed class StarTrianglesTests
{
    private const int Brightest = 24;
    private const int Local = 160;
    private const int Neighbours = 6;

    [Test]
    public void The_brightest_stars_make_all_triangles_and_each_star_those_with_its_six_nearest([Values(3, 20, 60, 200)] int count)
    {
        var random = new Random(count);
        Star[] stars = [.. Enumerable.Range(0, count).Select(i => new Star(900 * random.NextDouble(), 600 * random.NextDouble(), count - i, 1, 3, 0, false, 0.1))];
        var wanted = new HashSet<(int, int, int)>();
        var bright = Math.Min(Brightest, count);
        for (var i = 0; i < bright * bright * bright; i++)
            Want(i / bright / bright, i / bright % bright, i % bright);
        for (var i = 0; i < Math.Min(Local, count); i++)
        {
            int[] near = [.. Enumerable.Range(0, Math.Min(Local, count)).Where(j => j != i).OrderBy(j => Distance(stars[i], stars[j])).Take(Neighbours)];
            foreach (var j in near)
            {
                foreach (var k in near)
                    Want(i, j, k);
            }
        }
        var found = StarTriangles.Of(stars).Sorted;
        Assert.That(found.Select(triangle => Ordered(triangle.First, triangle.Second, triangle.Third)), Is.EquivalentTo(wanted));
        Assert.That(found.Select(static triangle => triangle.Middle), Is.Ordered, "who compares two lists walks through both once");

        void Want(int i, int j, int k)
        {
            if (i != j && j != k && i != k && IsTelling(stars[i], stars[j], stars[k]))
                wanted.Add(Ordered(i, j, k));
        }
    }

    [Test]
    public void A_triangle_is_known_by_its_shape_however_it_lies([Values] bool mirrored)
    {
        Star[] stars = [At(0, 0), At(40, 0), At(0, 30)];
        var turn = PixelMap.Similarity(0.6 * 2, 0.8 * 2, 100, 200, mirrored);
        Star[] moved = [.. ((Star[])[stars[2], stars[0], stars[1]]).Select(star => turn.Map(star.X, star.Y)).Select(place => At(place.X, place.Y))];
        var (one, other) = (StarTriangles.Of(stars).Sorted.Single(), StarTriangles.Of(moved).Sorted.Single());
        Assert.Multiple(() =>
        {
            Assert.That((one.Longest, one.Middle, one.Shortest), Is.EqualTo((50.0, 0.8, 0.6)));
            Assert.That((other.Longest, other.Middle, other.Shortest), Is.EqualTo((100.0, 0.8, 0.6)).Using<(double, double, double)>(static (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) + Math.Abs(a.Item3 - b.Item3) < 1e-9));
            Assert.That((one.First, one.Second, one.Third), Is.EqualTo((0, 2, 1)), "the right angle lies opposite the longest side, the next corner opposite the middle one");
            Assert.That((other.First, other.Second, other.Third), Is.EqualTo((1, 0, 2)), "the same corners");
            Assert.That(one.Clockwise == other.Clockwise, Is.EqualTo(!mirrored));
        });
    }

    /// <summary>Sides of eight pixels at least, none almost as long as another, and not flat.</summary>
    private static bool IsTelling(Star a, Star b, Star c)
    {
        double[] sides = [.. ((double[])[Distance(a, b), Distance(b, c), Distance(a, c)]).Order()];
        var area = Math.Abs(((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X)));
        return sides[0] >= 8 && sides[1] <= 0.985 * sides[2] && sides[0] <= 0.985 * sides[1] && area >= 0.02 * sides[2] * sides[2];
    }

    private static Star At(double x, double y) => new(x, y, 1, 1, 3, 0, false, 0.1);

    private static double Distance(Star a, Star b) => double.Hypot(a.X - b.X, a.Y - b.Y);

    private static (int, int, int) Ordered(int i, int j, int k)
    {
        int[] sorted = [.. ((int[])[i, j, k]).Order()];
        return (sorted[0], sorted[1], sorted[2]);
    }
}
