using AstroJobs.Imaging.Calibration;

namespace AstroJobs.Imaging.Tests.Calibration;

public sealed class DarkFitTests
{
    private const int Count = 100_000;

    [Test]
    public void Hot_pixels_that_do_not_grow_with_time_and_stars_do_not_mislead_it()
    {
        var random = new Random(1);
        var (light, dark) = (new float[Count], new float[Count]);
        for (var i = 0; i < Count; i++)
        {
            var warm = i % 50 == 0 ? (random.NextDouble() - 0.5) * 400 : 0;
            var hot = i % 2000 == 1 ? 20_000 : 0; // as bright in a fifth of the time
            var star = i % 100 == 7 ? random.NextDouble() * 10_000 : 0;
            (light[i], dark[i]) = ((float)((0.2 * warm) + hot + star + (3 * Gaussian(random))), (float)(warm + hot + (3 * Gaussian(random))));
        }
        Assert.That(DarkFit.Factor(light, dark), Is.EqualTo(0.2).Within(0.01));
    }

    [Test]
    public void A_dark_without_warm_pixels_is_fitted_by_its_pattern()
    {
        var random = new Random(2);
        var (light, dark) = (new float[Count], new float[Count]);
        for (var i = 0; i < Count; i++)
        {
            var pattern = 10 * Math.Sin(i);
            (light[i], dark[i]) = ((float)((0.6 * pattern) + (3 * Gaussian(random))), (float)(pattern + (0.3 * Gaussian(random))));
        }
        Assert.That(DarkFit.Factor(light, dark), Is.EqualTo(0.6).Within(0.01));
    }

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
