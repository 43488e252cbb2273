using AstroJobs.Imaging.Registration;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Registration;

/// <summary>What every way of drawing a frame by Lanczos-4 does.</summary>
public abstract class LanczosContract
{
    private protected const int Size = 200;

    [Test]
    public void Outside_the_frame_there_is_no_data()
    {
        var source = new float[Size * Size];
        Array.Fill(source, 0.4f);
        var result = Resample(source, new PixelMap(1, 0, -10.5, 0, 1, 20.25));
        Assert.Multiple(() =>
        {
            Assert.That(result[10], Is.NaN);
            Assert.That(result[11], Is.EqualTo(0.4f).Within(1e-6)); // at 0.5, taps reach over the edge
            Assert.That(result[(178 * Size) + 50], Is.EqualTo(0.4f).Within(1e-6));
            Assert.That(result[(179 * Size) + 50], Is.NaN);
        });
    }

    [Test]
    public void A_sharp_bright_star_has_no_dark_ring([Values] bool sparesLonePixels, [Values(1.25, 1.5)] double fwhm)
    {
        var sky = new MadeSky(3, Size, Size, 0) { Fwhm = fwhm, Noise = 0, Stars = [new MadeStar(100, 100, 2), new MadeStar(50.5, 50.5, 2), new MadeStar(150.2, 40.4, 2)] };
        using var frame = sky.Draw(PixelMap.Identity);
        var result = Resample(frame.Plane(0), new PixelMap(1, 0, 0.5, 0, 1, 0.4), new RingGuard(0, sparesLonePixels));
        Assert.That(result.Where(value => !float.IsNaN(value)).Min(), Is.EqualTo(0.1).Within(1e-5));
    }

    [TestCase(0.5, 0.4, 0)]
    [TestCase(0.3, 0.2, 0)]
    [TestCase(0.3, -0.1, 1)]
    public void A_hot_pixel_that_is_spared_counts_as_much_as_on_its_frame(double dx, double dy, double degrees)
    {
        // 140 times the noise, as on real sensors; the outermost lobes of brighter ones, a hundredth of their light, are cut off.
        var random = new Random(3);
        var source = Enumerable.Range(0, Size * Size).Select(_ => 0.1f + (0.001f * random.NextSingle())).ToArray();
        var level = source.Average();
        var light = 0.0;
        for (var y = 20; y < Size - 20; y += 20)
        {
            for (var x = 20; x < Size - 20; x += 20)
            {
                source[(y * Size) + x] += 0.04f;
                light += 0.04;
            }
        }
        var result = Resample(source, Turn(dx, dy, degrees), new RingGuard(0.0005f, SparesLonePixels: true));
        Assert.That(result.Where(value => !float.IsNaN(value)).Sum(value => value - (double)level), Is.EqualTo(light).Within(4).Percent);
    }

    [Test]
    public void A_missing_pixel_is_missed_only_where_it_is()
    {
        var source = new float[Size * Size];
        Array.Fill(source, 0.4f);
        source[(100 * Size) + 100] = float.NaN;
        var result = Resample(source, new PixelMap(1, 0, 0.5, 0, 1, 0.5));
        Assert.Multiple(() =>
        {
            Assert.That(result.Take(Size * 150).Where((_, i) => i % Size < 199).Count(float.IsNaN), Is.EqualTo(4));
            Assert.That(result[(99 * Size) + 99], Is.NaN);
            Assert.That(result[(98 * Size) + 97], Is.EqualTo(0.4f).Within(1e-6));
        });
    }

    private protected void AssertSmoothSkyIsDrawnToAThousandth(PixelMap map, int leastCompared)
    {
        static double Wave(double x, double y) => 0.5 + (0.3 * Math.Sin(x / 4) * Math.Cos(y / 5));
        var source = new float[Size * Size];
        for (var i = 0; i < source.Length; i++)
            source[i] = (float)Wave(i % Size, i / Size);
        var result = Resample(source, map, new RingGuard(1));
        var compared = 0;
        for (var i = 0; i < result.Length; i++)
        {
            var (x, y) = map.Map(i % Size, i / Size);
            if (x is < 5 or > Size - 6 || y is < 5 or > Size - 6)
                continue;
            compared++;
            if (Math.Abs(result[i] - Wave(x, y)) > 0.001)
                Assert.Fail($"at {i % Size}, {i / Size}: {result[i]} for {Wave(x, y)}");
        }
        Assert.That(compared, Is.GreaterThan(leastCompared));
    }

    private protected static PixelMap Turn(double dx, double dy, double degrees)
    {
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        return PixelMap.Similarity(cosine, sine, dx, dy, mirrored: false);
    }

    /// <returns>Size × Size pixels.</returns>
    private protected abstract float[] Resample(ReadOnlySpan<float> source, PixelMap map, RingGuard guard = default);
}
