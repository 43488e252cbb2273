using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Tests.Registration;

public sealed class PhaseCorrelatorTests
{
    [TestCase(2)]
    [TestCase(8)]
    [TestCase(32)]
    public void The_transform_is_the_sum_that_defines_it_and_comes_back(int size)
    {
        var random = new Random(size);
        var (real, imaginary) = (Enumerable.Range(0, size * size).Select(_ => random.NextDouble()).ToArray(), Enumerable.Range(0, size * size).Select(_ => random.NextDouble()).ToArray());
        var (re, im) = ((double[])real.Clone(), (double[])imaginary.Clone());
        var transform = new FourierTransform(size);
        transform.Run(re, im, inverse: false);
        foreach (var (u, v) in new[] { (0, 0), (1, 0), (0, 1), (size - 1, size / 2) })
        {
            var (sumRe, sumIm) = (0.0, 0.0);
            for (var i = 0; i < real.Length; i++)
            {
                var (sine, cosine) = Math.SinCos(-2 * Math.PI * ((u * (i % size)) + (v * (i / size))) / size);
                sumRe += (real[i] * cosine) - (imaginary[i] * sine);
                sumIm += (real[i] * sine) + (imaginary[i] * cosine);
            }
            Assert.That(re[(v * size) + u], Is.EqualTo(sumRe).Within(1e-9));
            Assert.That(im[(v * size) + u], Is.EqualTo(sumIm).Within(1e-9));
        }
        transform.Run(re, im, inverse: true);
        Assert.That(re.Select(value => value / size / size), Is.EqualTo(real).Within(1e-12));
        Assert.That(im.Select(value => value / size / size), Is.EqualTo(imaginary).Within(1e-12));
    }

    [TestCase(0, 0, 0.02)]
    [TestCase(0.31, -0.17, 0.02)]
    [TestCase(5.5, 3.25, 0.1)]
    [TestCase(-21.9, 14.4, 0.4)] // the window stays where it is and draws the shift to 0: hence two looks
    public void A_shift_is_found_on_a_picture_of_any_size(double dx, double dy, double tolerance)
    {
        const int width = 150;
        const int height = 110;
        var correlator = new PhaseCorrelator(Hills(0, 0, 1), width, height);
        var found = correlator.Find(Hills(dx, dy, 2));
        Assert.Multiple(() =>
        {
            Assert.That(found.Dx, Is.EqualTo(dx).Within(tolerance));
            Assert.That(found.Dy, Is.EqualTo(dy).Within(tolerance));
            Assert.That(found.Likeness, Is.GreaterThan(0.6));
            Assert.That(found.Significance, Is.GreaterThan(8));
        });

        static float[] Hills(double dx, double dy, int seed)
        {
            var places = new Random(5);
            var noise = new Random(seed);
            var samples = Enumerable.Range(0, width * height).Select(_ => (float)(0.01 * noise.NextDouble())).ToArray();
            for (var hill = 0; hill < 120; hill++)
            {
                var (x, y, height_) = ((places.NextDouble() * 230) - 40 + dx, (places.NextDouble() * 190) - 40 + dy, places.NextDouble());
                for (var i = 0; i < samples.Length; i++)
                    samples[i] += (float)(height_ * Math.Exp(-((((i % width) - x) * ((i % width) - x)) + (((i / width) - y) * ((i / width) - y))) / 12));
            }
            return samples;
        }
    }

    [Test]
    public void Noise_has_no_peak_that_means_anything()
    {
        float[] Noise(int seed, int width, int height)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, width * height).Select(_ => random.NextSingle())];
        }
        foreach (var (width, height) in new[] { (128, 128), (160, 120), (257, 100) })
        {
            for (var seed = 1; seed <= 8; seed++)
            {
                var found = new PhaseCorrelator(Noise(2 * seed, width, height), width, height).Find(Noise((2 * seed) + 1, width, height));
                Assert.That(found.Significance, Is.LessThan(5.5), $"{width}×{height}, {seed}");
                Assert.That(found.Likeness, Is.LessThan(0.3));
            }
        }
    }
}
