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

    /// <summary>PixInsight's screen transfer function cuts the shadows 2.8 deviations below the sky.</summary>
    [Test]
    public void Shadows_end_where_its_definition_says()
    {
        using var frame = new MadeSky(1, 400, 400, 0) { Background = 0.1, Noise = 0.01 }.Draw(Imaging.Registration.PixelMap.Identity);
        var row = frame.Row(0, 7);
        (row[0], row[1]) = (0.1f - (2.9f * 0.01f), 0.1f - (2.7f * 0.01f));
        AutoStretch.Apply(frame, linked: true);
        Assert.That(frame.Row(0, 7)[0], Is.Zero);
        Assert.That(frame.Row(0, 7)[1], Is.GreaterThan(0.001));
    }

    [Test]
    public void Where_no_frame_was_is_no_sky()
    {
        using var frame = new MadeSky(1, 200, 200, 0) { Background = 0.1, Noise = 0.002 }.Draw(Imaging.Registration.PixelMap.Identity);
        for (var y = 0; y < 140; y++)
            frame.Row(0, y).Clear();
        AutoStretch.Apply(frame, linked: true);
        Assert.That(frame.Row(0, 170).ToArray().Average(), Is.EqualTo(0.25).Within(0.03));
    }

    /// <summary>Of a picture of 256 steps a sky without any scatter is one that was rounded: what is a step brighter is no light.</summary>
    [TestCase(true)]
    [TestCase(false)]
    public void A_step_of_eight_bits_is_not_drawn_white(bool of8Bits)
    {
        using var frame = new Frame(64, 64, 1);
        frame.Plane(0).Fill(10 / 255f);
        frame.Row(0, 10)[10] = 11 / 255f;
        AutoStretch.Apply(frame, linked: true, of8Bits);
        Assert.That(frame.Row(0, 10)[10], of8Bits ? Is.InRange(0.3f, 0.6f) : Is.GreaterThan(0.9f));
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
