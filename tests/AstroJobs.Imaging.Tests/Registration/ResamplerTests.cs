using AstroJobs.Imaging.Registration;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Registration;

public sealed unsafe class ResamplerTests : LanczosContract
{
    [Test]
    public void The_vector_kernels_agree_with_the_scalar_one()
    {
        var random = new Random(1);
        var samples = Enumerable.Range(0, 64 * 8).Select(_ => random.NextSingle()).ToArray();
        fixed (float* p = samples)
        fixed (float* table = LanczosTable.Weights)
        {
            for (var i = 0; i < 50; i++)
            {
                var x = table + (random.Next(LanczosTable.Phases + 1) * LanczosTable.Taps);
                var y = table + (random.Next(LanczosTable.Phases + 1) * LanczosTable.Taps);
                var corner = p + random.Next(56);
                var scalar = Resampler.SumScalar(corner, 64, x, y);
                Assert.That(Resampler.Sum(corner, 64, x, y), Is.EqualTo(scalar).Within(2e-6));
                Assert.That(Resampler.SumByHalves(corner, 64, x, y), Is.EqualTo(scalar).Within(2e-6));
            }
        }
    }

    [TestCase(0, 0)]
    [TestCase(7, -5)]
    public void Whole_pixels_come_out_as_they_went_in(int dx, int dy)
    {
        var random = new Random(2);
        var source = Enumerable.Range(0, Size * Size).Select(_ => random.NextSingle()).ToArray();
        var result = Resample(source, new PixelMap(1, 0, dx, 0, 1, dy));
        Assert.That(result[(100 * Size) + 90], Is.EqualTo(source[((100 + dy) * Size) + 90 + dx]).Within(1e-6));
    }

    [TestCase(0.5, 0.5, 0)]
    [TestCase(12.3, -7.8, 0)]
    [TestCase(3.3, 2.2, 33)]
    [TestCase(199, 0, 90)]
    public void A_smooth_sky_is_drawn_to_a_thousandth(double dx, double dy, double degrees) =>
        AssertSmoothSkyIsDrawnToAThousandth(Turn(dx, dy, degrees), leastCompared: Size * Size / 3);

    [Test]
    public void White_noise_stays_almost_as_strong_and_keeps_its_mean()
    {
        using var frame = new MadeSky(4, Size, Size, 0).Draw(PixelMap.Identity);
        // A slight turn takes the phases through all values.
        var result = Resample(frame.Plane(0), PixelMap.Similarity(1, 0.01, 2, -1, mirrored: false), new RingGuard(1.5f * 0.005f));
        var values = result.Where(value => !float.IsNaN(value)).Select(value => (double)value).ToArray();
        var mean = values.Average();
        Assert.Multiple(() =>
        {
            Assert.That(mean, Is.EqualTo(0.1).Within(0.0001));
            // ∫ Σ wx² Σ wy² over all phases, Lanczos-4: (0.916)², whose root is 0.916 of the noise.
            Assert.That(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))) / 0.005, Is.EqualTo(0.916).Within(0.02));
        });
    }

    private protected override float[] Resample(ReadOnlySpan<float> source, PixelMap map, RingGuard guard = default) => SixtyFourTaps(source, map, guard);

    internal static float[] SixtyFourTaps(ReadOnlySpan<float> source, PixelMap map, RingGuard guard)
    {
        var bounds = new WindowBounds(-8, -8, Size + 16, Size + 16);
        var window = new float[bounds.Samples];
        for (var y = 0; y < bounds.Height; y++)
        {
            for (var x = 0; x < bounds.Width; x++)
                window[(y * bounds.Width) + x] = source[(Math.Clamp(y - 8, 0, Size - 1) * Size) + Math.Clamp(x - 8, 0, Size - 1)];
        }
        var result = new float[Size * Size];
        for (var y = 0; y < Size; y++)
            Resampler.Row(window, bounds, map, 0, y, Size, Size, guard, result.AsSpan(y * Size, Size));
        return result;
    }
}
