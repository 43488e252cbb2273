using AstroJobs.Imaging.Stacking;
using AstroJobs.Imaging.Stacking.Outliers;
using ForAll = FsCheck.NUnit.PropertyAttribute;

namespace AstroJobs.Imaging.Tests.Stacking.Outliers;

public sealed class OutlierRuleTests
{
    private static readonly StackRejection[] Rules = [.. Enum.GetValues<StackRejection>().Except([StackRejection.Auto, StackRejection.None])];

    // Rosner's data as the NIST handbook has them, 1.3.5.17.3.
    private static readonly float[] Rosner =
    [
        -0.25f, 0.68f, 0.94f, 1.15f, 1.20f, 1.26f, 1.26f, 1.34f, 1.38f, 1.43f, 1.49f, 1.49f, 1.55f, 1.56f, 1.58f, 1.65f, 1.69f, 1.70f,
        1.76f, 1.77f, 1.81f, 1.91f, 1.94f, 1.96f, 1.99f, 2.06f, 2.09f, 2.10f, 2.14f, 2.15f, 2.23f, 2.24f, 2.26f, 2.35f, 2.37f, 2.40f,
        2.47f, 2.54f, 2.62f, 2.64f, 2.90f, 2.92f, 2.92f, 2.93f, 3.21f, 3.26f, 3.30f, 3.59f, 3.68f, 4.30f, 4.64f, 5.34f, 5.42f, 6.01f,
    ];

    [Test]
    public void Clipping_keeps_what_its_definition_keeps(
        [Values(StackRejection.Sigma, StackRejection.MedianSigma, StackRejection.Mad, StackRejection.Winsorized)] StackRejection rejection,
        [Values(2, 3, 4, 5, 8, 20, 61)] int count)
    {
        var rejected = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var samples = MadeSamples.Of(seed, count);
            var kept = Keep(rejection, samples, 2.5, 2);
            Assert.That(kept, Is.EqualTo(StraightRejection.Keep(rejection, samples, 2.5, 2)), $"seed {seed}");
            rejected += count - kept.Length;
        }
        if (count != 4) // of four, some definitions can reject one
            Assert.That(rejected, count > 3 ? Is.Positive : Is.Zero);
    }

    [Test]
    public void A_line_fit_keeps_what_its_definition_keeps([Values(3, 4, 7, 20, 61)] int count, [Values(3, 0.7)] double low)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var samples = MadeSamples.Of(seed, count);
            Assert.That(Keep(StackRejection.LinearFit, samples, low, low * 0.8), Is.EqualTo(StraightRejection.KeepByLine(samples, low, low * 0.8)), $"seed {seed}");
        }
    }

    [TestCase(new[] { 1f, 1.1f, 2f }, new[] { 1f, 1.1f })]
    [TestCase(new[] { 0.5f, 1f, 1.09f, 1.2f }, new[] { 1f, 1.09f })]
    [TestCase(new[] { 1f, 3f }, new[] { 1f, 3f })]
    [TestCase(new[] { 1f, 1f, 3f, 3f }, new[] { 1f, 1f, 3f, 3f })]
    [TestCase(new[] { -3f, -2f, -1f }, new[] { -3f, -2f, -1f })]
    public void Percentile_takes_away_what_is_a_part_of_the_median_off(float[] samples, float[] kept) =>
        Assert.That(Keep(StackRejection.Percentile, samples, 0.2, 0.1), Is.EqualTo(kept));

    [Test]
    public void The_handbooks_outliers_are_found()
    {
        Assert.That(Keep(StackRejection.Gesd, Rosner, 10.01 / 54, 0.05), Is.EqualTo(Rosner[..^3]));
        double[] critical = [3.158, 3.151, 3.143, 3.136, 3.128, 3.120, 3.111, 3.103, 3.094, 3.085];
        Assert.That(Enumerable.Range(0, 10).Select(step => GesdRule.Critical(54 - step, 0.05)), Is.EqualTo(critical).Within(0.001));
    }

    /// <summary>What astropy's sigma_clip, scipy and the definitions in numpy keep of the same samples (Tables/make.py).</summary>
    [Test]
    public void Other_programs_keep_the_same([ValueSource(nameof(Rules))] StackRejection rejection)
    {
        var rows = RejectionTable.RowsOf(rejection);
        Assert.That(rows, Has.Count.GreaterThan(15));
        Assert.That(rows.Count(row => row.Kept.Count < row.Samples.Count), Is.GreaterThan(5), "rows in which something goes");
        foreach (var row in rows)
            Assert.That(Keep(rejection, [.. row.Samples], row.Low, row.High), Is.EqualTo(row.Kept), $"of {string.Join(' ', row.Samples)}");
    }

    [Test]
    public void Steps_of_whole_numbers_are_no_outliers([Values(StackRejection.Sigma, StackRejection.Mad, StackRejection.Winsorized, StackRejection.LinearFit, StackRejection.Gesd)] StackRejection rejection)
    {
        const float step = 1 / 255f;
        float[] samples = [.. Enumerable.Repeat(20 * step, 15), .. Enumerable.Repeat(21 * step, 3), 200 * step];
        var kept = Keep(rejection, samples, RejectionLimits.DefaultFor(rejection), 0.37f * step);
        Assert.That(kept, Is.EqualTo(samples[..^1]));
    }

    /// <summary>Between −4 and 4, both are as far from the mean: the upper one goes first, and the lower one alone is no outlier.</summary>
    [Test]
    public void Of_two_that_are_equally_far_the_upper_one_is_looked_at_first() =>
        Assert.That(Keep(StackRejection.Gesd, [-4, 0, 0, 0, 0, 0, 0, 4], 0.2, 0.99), Is.EqualTo(new float[] { -4, 0, 0, 0, 0, 0, 0 }));

    [Test]
    public void However_many_may_be_outliers_three_are_left() => Assert.That(Keep(StackRejection.Gesd, [1, 1.01f, 50, 2000], 0.5, 0.5), Has.Length.GreaterThanOrEqualTo(3));

    /// <summary>One of twelve may go, and there are two alike.</summary>
    [Test]
    public void Equal_samples_share_their_fate()
    {
        float[] samples = [1, 1.1f, 0.9f, 1.05f, 0.95f, 1.02f, 0.98f, 1.03f, 0.97f, 1, 5, 5];
        Assert.That(Keep(StackRejection.Gesd, samples, 0.1, 0.5), Has.Length.EqualTo(12));
        Assert.That(Keep(StackRejection.Gesd, [.. samples.Select(value => -value)], 0.1, 0.5), Has.Length.EqualTo(12));
        Assert.That(Keep(StackRejection.Gesd, [.. samples[..^1]], 0.1, 0.5), Has.Length.EqualTo(10));
    }

    [ForAll(MaxTest = 300)]
    public bool The_order_of_the_samples_does_not_matter_and_some_are_always_left(int seed, byte count)
    {
        var samples = MadeSamples.Of(seed, count, outliers: 0.3);
        var turned = samples.ToArray();
        new Random(seed + 1).Shuffle(turned);
        return Rules.All(rejection =>
        {
            var kept = Keep(rejection, samples, RejectionLimits.DefaultFor(rejection));
            return kept.SequenceEqual(Keep(rejection, turned, RejectionLimits.DefaultFor(rejection))) && kept.Length >= Math.Min(count, rejection == StackRejection.Percentile ? (byte)1 : (byte)3);
        });
    }

    [ForAll(MaxTest = 300)]
    public bool Wider_limits_keep_more(int seed, byte count)
    {
        // An odd number: of an even one the median lies between two samples, and where all are too far from it none is taken away.
        var samples = MadeSamples.Of(seed, count | 1, outliers: 0.3);
        return Keep(StackRejection.Percentile, samples, 0.3, 0.3).Length >= Keep(StackRejection.Percentile, samples, 0.2, 0.1).Length
            && Keep(StackRejection.Gesd, samples, 0.3, 0.05).Length <= Keep(StackRejection.Gesd, samples, 0.1, 0.05).Length;
    }

    private static float[] Keep(StackRejection rejection, float[] samples, double low, double high) => Keep(rejection, samples, new RejectionLimits(low, high));

    private static float[] Keep(StackRejection rejection, float[] samples, RejectionLimits limits, float smallestSigma = 0)
    {
        float[] sorted = [.. samples.Order()];
        var kept = OutlierRule.Create(rejection, limits, smallestSigma, samples.Length).Find(sorted);
        return sorted[kept.First..kept.End];
    }
}
