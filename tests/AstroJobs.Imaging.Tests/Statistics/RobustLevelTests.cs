using AstroJobs.Imaging.Statistics;
using ForAll = FsCheck.NUnit.PropertyAttribute;

namespace AstroJobs.Imaging.Tests.Statistics;

public sealed class RobustLevelTests
{
    [Test]
    public void Of_noise_it_is_the_mean_and_sigma_and_stars_hardly_move_it([Values(0, 0.05)] double stars)
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 40_000).Select(_ => (float)(0.2 + (0.01 * Gaussian(random)) + (random.NextDouble() < stars ? random.NextDouble() : 0))).ToArray();
        var level = RobustLevel.Of(values);
        Assert.That(level.Level, Is.EqualTo(0.2).Within(stars > 0 ? 0.001 : 0.0002));
        Assert.That(level.Scatter, Is.EqualTo(stars > 0 ? 0.01 : Deviation(values)).Within(stars > 0 ? 8 : 0.4).Percent);
    }

    [Test]
    public void What_is_far_off_does_not_move_the_middle_however_much_it_is()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 40_000).Select(i => (float)(i % 10 < 3 ? 0.9 : 0.2 + (0.01 * Gaussian(random)))).ToArray();
        Assert.That(RobustLevel.Of(values).Level, Is.EqualTo(0.2).Within(0.0005), "the median of all of them lies half a sigma higher");
    }

    [ForAll(MaxTest = 500)]
    public bool The_median_distance_is_the_median_of_the_distances(short[]? numbers, short middle)
    {
        float[] sorted = [.. (numbers ?? []).Append((short)0).Select(number => (float)number).Order()];
        float[] distances = [.. sorted.Select(value => Math.Abs(value - middle)).Order()];
        return RobustLevel.MedianDistance(sorted, middle) == ClippedStatistics.Median(distances);
    }

    [Test]
    public void Of_equal_values_there_is_no_scatter() => Assert.That(RobustLevel.Of(new float[] { 2, 2, 2, 2, 5 }), Is.EqualTo(new RobustLevel(2, 0)));

    [Test]
    public void Of_nothing_there_is_no_level() => Assert.That(RobustLevel.Of([]).Level, Is.NaN);

    private static double Deviation(float[] values)
    {
        var mean = values.Average(value => (double)value);
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
