using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Tests.Statistics;

public sealed class ClippedStatisticsTests
{
    [Test]
    public void Stars_do_not_raise_the_sky()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 4000).Select(i => i % 20 == 0 ? 5f : (float)(1 + (0.1 * Normal(random)))).ToArray();
        var sky = ClippedStatistics.Of(values);
        Assert.That(sky.Level, Is.EqualTo(1).Within(0.01));
        // A Gaussian clipped at 3 sigma keeps 98.7 % of its deviation.
        Assert.That(sky.Sigma, Is.EqualTo(0.1).Within(0.005));
    }

    /// <summary>By hand: median 3, mean 3.2, deviation 1.72.</summary>
    [Test]
    public void The_level_is_the_mode_by_its_rule() => Assert.That(ClippedStatistics.Of([1, 2, 3, 4, 6]).Level, Is.EqualTo((2.5 * 3) - (1.5 * 3.2)).Within(1e-6));

    /// <summary>The mean lies 0.65 deviations above the median.</summary>
    [Test]
    public void Of_a_crowded_sample_the_level_is_the_median() => Assert.That(ClippedStatistics.Of([1, 1, 1, 1, 1, 1, 1, 4, 4, 4]).Level, Is.EqualTo(1));

    [Test]
    public void The_median_of_an_even_count_lies_between_its_middle_values() =>
        Assert.That(ClippedStatistics.Median([1, 2, 4, 8]), Is.EqualTo(3));

    [Test]
    public void Nothing_has_no_level() => Assert.That(ClippedStatistics.Of([]).Level, Is.NaN);

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
