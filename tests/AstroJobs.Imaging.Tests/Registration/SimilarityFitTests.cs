using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Tests.Registration;

public sealed class SimilarityFitTests
{
    [Test]
    public void Exact_pairs_give_the_exact_map([Values] bool mirrored)
    {
        var truth = PixelMap.Similarity(0.8, -0.7, 40, -7, mirrored);
        var pairs = Pairs(truth, 3);
        Assert.That(SimilarityFit.Fit(pairs.ToArray(), [1, 1, 1], mirrored)!.Value.Map(1000, 1000), Is.EqualTo(truth.Map(1000, 1000)).Within(1e-8));
    }

    [Test]
    public void A_few_wrong_pairs_hardly_move_the_map()
    {
        var truth = PixelMap.Similarity(1, 0.01, 12, -3, mirrored: false);
        var pairs = Pairs(truth, 60);
        for (var i = 0; i < 6; i++)
            pairs[i] = pairs[i] with { Target = At(pairs[i].Target.X + 3, pairs[i].Target.Y - 2) };
        var (x, y) = SimilarityFit.FitRobustly(pairs, mirrored: false)!.Value.Map(500, 500);
        var (tx, ty) = truth.Map(500, 500);
        // Least squares would be off by a tenth of the error: 0.3 and 0.2.
        Assert.That(Math.Abs(x - tx) + Math.Abs(y - ty), Is.LessThan(0.02));
    }

    [Test]
    public void Stars_on_one_point_give_no_map() =>
        Assert.That(SimilarityFit.Fit([new StarPair(At(1, 1), At(2, 2)), new StarPair(At(1, 1), At(2, 2))], [1, 1], mirrored: false), Is.Null);

    private static List<StarPair> Pairs(PixelMap map, int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => (X: random.NextDouble() * 1000, Y: random.NextDouble() * 800))
            .Select(p => (p, To: map.Map(p.X, p.Y))).Select(p => new StarPair(At(p.p.X, p.p.Y), At(p.To.X, p.To.Y)))];
    }

    private static Star At(double x, double y) => new(x, y, 1, 1, 3, 0, false, 0.05);
}
