namespace AstroJobs.Imaging.Tests;

public sealed class RootSamplesTests
{
    [TestCase(0)]
    [TestCase(15)]
    [TestCase(16)]
    [TestCase(100)]
    public void Vectors_answer_as_their_scalar_twins(int length)
    {
        var random = new Random(length);
        var samples = Enumerable.Range(0, length).Select(i => i % 9 == 4 ? float.NaN : (random.NextSingle() * 5) - 0.5f).ToArray();
        var (stored, storedByTwin) = (new ushort[length], new ushort[length]);
        RootSamples.FromFloat(samples, stored);
        RootSamples.FromFloatScalar(samples, storedByTwin);
        Assert.That(stored, Is.EqualTo(storedByTwin));
        var (back, backByTwin) = (new float[length], new float[length]);
        RootSamples.ToFloat(stored, back);
        RootSamples.ToFloatScalar(stored, backByTwin);
        Assert.That(back, Is.EqualTo(backByTwin));
    }

    [Test]
    public void What_rounding_adds_is_a_hundredth_of_the_photon_noise_and_no_shift([Values(0.0005, 0.02, 0.3, 1, 3.5)] double level)
    {
        const double electrons = 50_000;
        var noise = Math.Sqrt(level / electrons);
        var samples = Enumerable.Range(0, 100_000).Select(i => (float)(level + (noise * ((i / 50_000.0) - 1)))).ToArray();
        var errors = There(samples).Zip(samples, (held, sample) => (double)held - sample).ToArray();
        Assert.That(Math.Sqrt(errors.Average(error => error * error)), Is.LessThan(0.01 * noise));
        Assert.That(errors.Average(), Is.EqualTo(0).Within(0.0003 * noise));
    }

    [Test]
    public void Zero_and_no_data_are_held_exactly_and_the_ends_are_ends()
    {
        var held = There([0, float.NaN, -1, 9, float.PositiveInfinity, float.NegativeInfinity, -0.1f]);
        Assert.That(held, Is.EqualTo([0, float.NaN, -0.12682f, 4.00491f, 4.00491f, -0.12682f, -0.1f]).Within(1e-4));
        Assert.That(held[0], Is.Zero);
    }

    private static float[] There(float[] samples)
    {
        var (stored, back) = (new ushort[samples.Length], new float[samples.Length]);
        RootSamples.FromFloat(samples, stored);
        RootSamples.ToFloat(stored, back);
        return back;
    }
}
