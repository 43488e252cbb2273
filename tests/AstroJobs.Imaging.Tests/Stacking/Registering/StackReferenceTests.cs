using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Stars;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Stacking.Registering;

public sealed class StackReferenceTests
{
    [Test]
    public void The_sharpest_of_frames_alike_in_stars_is_the_reference() =>
        Assert.That(Rank((100, 3.2), (101, 2.8), (99, 3.0)), Is.EqualTo(new[] { 1, 2, 0 }));

    [Test]
    public void A_cloudy_frame_is_not_taken_for_its_sharp_remaining_stars() =>
        Assert.That(Rank((30, 2.5), (100, 3.5))[0], Is.EqualTo(1));

    [Test]
    public void Equal_frames_keep_their_order() => Assert.That(Rank((50, 3), (50, 3), (50, 3)), Is.EqualTo(new[] { 0, 1, 2 }));

    [Test]
    public void Frames_without_stars_can_be_ranked() => Assert.That(Rank((0, 1), (0, 1)), Is.EqualTo(new[] { 0, 1 }));

    /// <summary>Figures of frames of the benchmarks, the third under a cloud that brightens the sky and hides nothing.</summary>
    [Test]
    public void A_thin_cloud_is_told_by_the_noise_where_stars_are_as_sharp_and_as_many()
    {
        var fields = new[] { (3.268, 342.9), (3.262, 339.7), (3.258, 287.8) }.Select(frame => Field(650, frame.Item1, frame.Item2)).ToArray();
        Assert.That(StackReference.Rank(fields)[2], Is.EqualTo(2));
    }

    [Test]
    public void A_frame_much_sharper_is_taken_though_its_sky_is_brighter()
    {
        Assert.That(StackReference.Rank([Field(100, 4.0, 300), Field(100, 2.6, 200)])[0], Is.EqualTo(1));
        Assert.That(StackReference.Rank([Field(100, 3.0, double.PositiveInfinity), Field(100, 2.9, 200)])[0], Is.EqualTo(1), "no noise to tell by");
    }

    /// <summary>One over the root of two: what is gained in noise and lost in width.</summary>
    [TestCase(0.70, 1)]
    [TestCase(0.72, 0)]
    public void Half_the_signal_is_worth_a_third_less_blur(double blur, int first) =>
        Assert.That(StackReference.Rank([Field(100, 3, 300), Field(100, 3 * blur, 150)])[0], Is.EqualTo(first));

    /// <summary>A fifth of the stars lost counts as two fifths more blur.</summary>
    [TestCase(2.1, 1)]
    [TestCase(2.2, 0)]
    public void Lost_stars_count_as_blur(double fwhm, int first) => Assert.That(Rank((100, 3), (80, fwhm))[0], Is.EqualTo(first));

    [TestCase(50, 1)]
    [TestCase(49, 0)]
    public void A_frame_that_shows_less_than_half_of_the_stars_is_never_preferred(int stars, int first) => Assert.That(Rank((100, 3.5), (stars, 1))[0], Is.EqualTo(first));

    /// <summary>Of eccentricity 0.8 the long axis is √(1/0.6) of the mean of both, 1.29 times.</summary>
    [TestCase(2.6, 0)]
    [TestCase(2.2, 1)]
    public void Drawn_out_stars_are_as_blurred_as_they_are_long(double fwhm, int first)
    {
        var drawnOut = new StarField(100, 100, [.. Enumerable.Repeat(new Star(1, 1, 1, 1, fwhm, 0.8, false, Math.Sqrt(2) * fwhm / 2.3548 / 100), 100)], 0, 0.01, 1);
        Assert.That(StackReference.Rank([Field(100, 3, 100), drawnOut])[0], Is.EqualTo(first));
    }

    [Test]
    public void A_veiled_frame_is_the_last_choice_of_frames_that_are_drawn_alike([Values(0, 2)] int veiled)
    {
        var sky = new MadeSky(4, 480, 360, 80, faintest: 6) { Fwhm = 3 };
        var cloud = new MadeSky(4, 480, 360, 0) { Fwhm = 2.98, Background = 0.15, Noise = 0.0061, Stars = [.. sky.Stars.Select(star => star with { Flux = star.Flux * 0.85 })] };
        var fields = Enumerable.Range(0, 3).Select(i =>
        {
            using var frame = (i == veiled ? cloud : sky).Draw(sky.Camera(i), i);
            return StarFinder.Find(frame);
        }).ToArray();
        Assert.That(fields[veiled].Stars, Has.Count.EqualTo(fields[1].Stars.Count).Within(2));
        Assert.That(StackReference.Rank(fields)[2], Is.EqualTo(veiled));
    }

    private static StarField Field(int stars, double fwhm, double signalToNoise) =>
        new(100, 100, [.. Enumerable.Repeat(new Star(1, 1, 1, 1, fwhm, 0, false, Math.Sqrt(2) * fwhm / 2.3548 / signalToNoise), stars)], 0, 0.01, 1);

    private static IReadOnlyList<int> Rank(params (int Stars, double Fwhm)[] frames) =>
        StackReference.Rank([.. frames.Select(frame => Field(frame.Stars, frame.Fwhm, 100))]);
}
