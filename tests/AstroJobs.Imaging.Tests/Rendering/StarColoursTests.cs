using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Testing;

namespace AstroJobs.Imaging.Tests.Rendering;

public sealed class StarColoursTests
{
    private const int Side = 480;

    [Test]
    public void The_middle_star_becomes_white()
    {
        using var frame = Draw(12, 0);
        Assert.That(Factors(frame), Is.EqualTo(new[] { 2, 1, 1 / 0.8 }).Within(3).Percent);
    }

    /// <summary>What comes near to the sensor's end is no colour any more.</summary>
    [Test]
    public void Stars_that_are_too_bright_tell_nothing()
    {
        using var frame = Draw(12, 15);
        Assert.That(Factors(frame), Is.EqualTo(new[] { 2, 1, 1 / 0.8 }).Within(3).Percent);
    }

    [Test]
    public void A_handful_of_stars_tells_nothing()
    {
        using var frame = Draw(4, 0);
        Assert.That(Factors(frame), Is.Null);
    }

    private static IReadOnlyList<double>? Factors(Frame frame) =>
        StarColours.Factors(
            new FrameInfo(frame.Width, frame.Height, 3, SampleFormat.Float32, FrameMetadata.None),
            (channel, firstRow, rows) => frame.Plane(channel).Slice(firstRow * frame.Width, rows.Length).CopyTo(rows));

    /// <summary>Stars with half the red and four fifths of the blue, and others, white and with peaks of 0.8 above the sky.</summary>
    private static Frame Draw(int stars, int bright)
    {
        var sky = new MadeSky(1, Side, Side, 0) { Noise = 0.0005, Background = 0.05 };
        var frame = sky.Draw(PixelMap.Identity, channels: 3);
        for (var i = 0; i < stars + bright; i++)
        {
            double[] light = i < stars ? [1, 2, 1.6] : [8.2, 8.2, 8.2];
            for (var channel = 0; channel < 3; channel++)
                sky.AddStar(frame, channel, 50 + (i % 6 * 75) + (0.1 * i), 50 + (i / 6 * 75), light[channel]);
        }
        return frame;
    }
}
