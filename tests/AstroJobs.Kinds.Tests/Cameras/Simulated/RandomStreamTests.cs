using AstroJobs.Kinds.Cameras.Simulated;

namespace AstroJobs.Kinds.Tests.Cameras.Simulated;

public sealed class RandomStreamTests
{
    private const int Draws = 400_000;

    [Test]
    public void Its_bits_are_those_of_splitmix64()
    {
        // First outputs for the state 1234567, from the reference implementation by S. Vigna as quoted by Rosetta Code.
        var reference = new ulong[] { 6457827717110365317, 3203168211198807973, 9817491932198370423 };
        Assert.That(RandomStream.FromState(1234567).Take(3), Is.EqualTo(reference));
    }

    [Test]
    public void Normal_numbers_have_the_moments_and_tails_of_the_normal_law()
    {
        var random = new RandomStream(42);
        var values = new double[Draws];
        for (var i = 0; i < Draws; i++)
            values[i] = random.NextNormal();

        // Tolerances are four standard errors of each estimate.
        Assert.That(values.Average(), Is.Zero.Within(4 / Math.Sqrt(Draws)));
        Assert.That(values.Average(z => z * z), Is.EqualTo(1).Within(4 * Math.Sqrt(2.0 / Draws)));
        Assert.That(values.Average(z => z * z * z), Is.Zero.Within(4 * Math.Sqrt(15.0 / Draws)));
        Assert.That(values.Average(z => z * z * z * z), Is.EqualTo(3).Within(4 * Math.Sqrt(96.0 / Draws)));
        foreach (var (limit, beyond) in new[] { (1.0, 0.317311), (2.0, 0.045500), (3.0, 0.0026998), (3.5, 0.00046526) })
            Assert.That(values.Count(z => Math.Abs(z) > limit), Is.EqualTo(beyond * Draws).Within(4 * Math.Sqrt(beyond * Draws)), $"beyond {limit}");
    }

    [TestCase(0.01)]
    [TestCase(0.7)]
    [TestCase(5)]
    [TestCase(15.9)]
    [TestCase(16.1)]
    [TestCase(400)]
    public void Counts_have_the_mean_variance_and_skewness_of_a_Poisson_law(double mean)
    {
        var random = new RandomStream(7);
        var values = new double[Draws];
        for (var i = 0; i < Draws; i++)
            values[i] = random.NextPoisson(mean);

        var average = values.Average();
        var variance = values.Average(v => (v - average) * (v - average));
        var third = values.Average(v => Math.Pow(v - average, 3));
        Assert.That(average, Is.EqualTo(mean).Within(4 * Math.Sqrt(mean / Draws)));
        Assert.That(variance, Is.EqualTo(mean).Within(4 * Math.Sqrt(((2 * mean * mean) + mean) / Draws) + 0.06));
        Assert.That(third, Is.EqualTo(mean).Within(10 * Math.Sqrt((15 * mean * mean * mean) + (40 * mean * mean) + mean) / Math.Sqrt(Draws) + (0.01 * mean)));
    }

    [Test]
    public void Streams_of_different_keys_differ_and_those_of_the_same_keys_do_not()
    {
        var (one, same) = (new RandomStream(1, 2, 3), new RandomStream(1, 2, 3));
        Assert.That(one.NextBits(), Is.EqualTo(same.NextBits()));
        Assert.That(
            new[] { new RandomStream(1, 2, 3).NextBits(), new RandomStream(1, 3, 2).NextBits(), new RandomStream(2, 2, 3).NextBits(), new RandomStream(1).NextBits() },
            Is.Unique);
    }
}
