using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Statistics;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Rendering;

public sealed class AutoStretchTests
{
    [TestCase(0, 0.2, 0)]
    [TestCase(1, 0.2, 1)]
    [TestCase(0.2, 0.2, 0.5)]
    [TestCase(0.5, 0.25, 0.75)] // (−0.75·0.5)/(−0.5·0.5 − 0.25)
    public void The_midtones_transfer_function_is_the_formula(double x, double m, double expected) =>
        Assert.That(AutoStretch.Midtones(x, m), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void The_sky_of_every_colour_comes_to_a_quarter_when_not_linked()
    {
        using var frame = Sky();
        AutoStretch.Apply(frame, linked: false);
        for (var channel = 0; channel < 3; channel++)
            Assert.That(Median(frame, channel), Is.EqualTo(0.25).Within(0.005));
    }

    [Test]
    public void Linked_channels_keep_their_order()
    {
        using var frame = Sky();
        AutoStretch.Apply(frame, linked: true);
        Assert.That(Median(frame, 0), Is.LessThan(Median(frame, 1)));
        Assert.That(Median(frame, 1), Is.LessThan(Median(frame, 2)));
    }

    [Test]
    public void A_sky_without_noise_is_no_division_by_zero()
    {
        using var frame = new Frame(64, 64, 1);
        frame.Row(0, 10)[10] = 1;
        AutoStretch.Apply(frame, linked: true);
        Assert.Multiple(() =>
        {
            Assert.That(frame.Plane(0).ToArray().Count(sample => sample is >= 0 and <= 1), Is.EqualTo(frame.PixelCount));
            Assert.That(frame.Row(0, 10)[10], Is.EqualTo(1));
        });
    }

    private static Frame Sky()
    {
        var frame = new MadeSky(1, 200, 200, 10) { Background = 0.02, Noise = 0.002 }.Draw(Imaging.Registration.PixelMap.Identity, channels: 3);
        for (var channel = 0; channel < 3; channel++)
        {
            foreach (ref var sample in frame.Plane(channel))
                sample *= 1 + channel;
        }
        return frame;
    }

    private static double Median(Frame frame, int channel)
    {
        var values = frame.Plane(channel).ToArray();
        Array.Sort(values);
        return ClippedStatistics.Median(values);
    }
}
