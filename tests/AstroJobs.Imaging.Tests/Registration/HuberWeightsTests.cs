using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Tests.Registration;

/// <summary>Huber's weights (Robust Statistics, 1981) of distances in the plane: 1 up to 1.345 σ, 1.345 σ / d beyond; σ = median / √(2 ln 2), as a Rayleigh distribution has it.</summary>
public sealed class HuberWeightsTests
{
    private static readonly double Limit = 1.345 / Math.Sqrt(2 * Math.Log(2)); // medians

    [Test]
    public void Who_fits_badly_beside_the_others_counts_less()
    {
        var weights = Of([0, 0, 0, 0, 0], [0.5, 1, 1, 1.1, 10]);
        Assert.That(weights.Update(), Is.True);
        Assert.That(Shares(weights), Is.EqualTo(new[] { 1, 1, 1, 1, Limit / 10 }).Within(1e-4));
        Assert.That(weights.Update(), Is.False, "the same distances tell nothing new");
    }

    [Test]
    public void The_median_says_what_is_far()
    {
        var weights = Of([0, 0, 0], [0.2, 0.3, 0.5]);
        weights.Update();
        Assert.That(Shares(weights), Is.EqualTo(new[] { 1, 1, Limit * 0.3 / 0.5 }).Within(1e-4));
    }

    /// <summary>A star whose place is known to 0.5 pixels may lie ten times further off than one known to the 0.05 that are the least.</summary>
    [Test]
    public void Distances_are_judged_by_how_well_the_stars_are_known()
    {
        var error = Math.Sqrt((0.5 * 0.5) - (0.05 * 0.05));
        var weights = Of([0, 0, error], [0.1, 0.1, 1]);
        Assert.That(weights.Update(), Is.False, "all are equally near for what is known of them");
        Assert.That(weights.Values.ToArray(), Is.EqualTo(new[] { 400, 400, 4.0 }).Within(1e-6));
    }

    [Test]
    public void A_perfect_fit_changes_nothing() => Assert.That(Of([0, 0, 0], [0, 0, 0]).Update(), Is.False);

    private static HuberWeights Of(double[] errors, double[] distances)
    {
        var weights = new HuberWeights([.. errors.Select(error => new StarPair(StarOf(error), StarOf(0)))]);
        distances.CopyTo(weights.Distances, 0);
        return weights;
    }

    /// <summary>For one of a star whose place is known best.</summary>
    private static double[] Shares(HuberWeights weights) => [.. weights.Values.ToArray().Select(static weight => weight / 400)];

    private static Star StarOf(double positionError) => new(0, 0, 1, 1, 3, 0, false, positionError);
}
