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

    [TestCase(4, false)]
    [TestCase(5, true)]
    public void A_handful_of_stars_tells_nothing(int stars, bool tells)
    {
        using var frame = Draw(stars, 0);
        Assert.That(Factors(frame) is not null, Is.EqualTo(tells));
    }

    /// <summary>Three red ones among eight, neither the brightest nor the faintest.</summary>
    [Test]
    public void The_middle_is_that_of_the_colours_and_not_of_the_brightness()
    {
        using var frame = Draw(0, 0);
        var sky = new MadeSky(1, Side, Side, 0);
        for (var i = 0; i < 11; i++)
        {
            var green = 5 - (0.3 * i);
            var red = i is 4 or 5 or 6 ? 1.3 * green : green / 2;
            for (var channel = 0; channel < 3; channel++)
                sky.AddStar(frame, channel, PlaceOf(i).X, PlaceOf(i).Y, channel == 0 ? red : green);
        }
        Assert.That(Factors(frame), Is.EqualTo(new[] { 2.0, 1, 1 }).Within(3).Percent);
    }

    /// <summary>A lens draws blue stars wider than green ones; their light is the same.</summary>
    [Test]
    public void A_colour_that_is_drawn_wider_counts_in_full()
    {
        using var frame = Draw(12, 0, blueFwhm: 3.6);
        Assert.That(Factors(frame), Is.EqualTo(new[] { 2, 1, 1 / 0.8 }).Within(4).Percent);
    }

    [TestCase(9, 0)]
    [TestCase(0, 9)]
    [TestCase(-7, -7)]
    public void A_red_neighbour_does_not_tint_a_star(int dx, int dy)
    {
        using var frame = Draw(12, 0);
        var sky = new MadeSky(1, Side, Side, 0);
        for (var i = 0; i < 12; i++)
            sky.AddStar(frame, 0, PlaceOf(i).X + dx, PlaceOf(i).Y + dy, 1.5);
        Assert.That(Factors(frame), Is.EqualTo(new[] { 2, 1, 1 / 0.8 }).Within(8).Percent);
    }

    /// <summary>More of them than of the others: half of each lies beyond the picture.</summary>
    [Test]
    public void Stars_cut_off_at_the_edges_tell_nothing()
    {
        using var frame = Draw(12, 0);
        var sky = new MadeSky(1, Side, Side, 0);
        for (var i = 0; i < 40; i++)
        {
            var along = 40 + (i / 4 * 40);
            var (x, y) = (i % 4) switch { 0 => (3, along), 1 => (Side - 5, along), 2 => (along, 3), _ => (along, Side - 5) };
            for (var channel = 0; channel < 3; channel++)
                sky.AddStar(frame, channel, x, y, channel == 0 ? 3 : 1);
        }
        Assert.That(Factors(frame), Is.EqualTo(new[] { 2, 1, 1 / 0.8 }).Within(3).Percent);
    }

    private static IReadOnlyList<double>? Factors(Frame frame) =>
        StarColours.Factors(
            new FrameInfo(frame.Width, frame.Height, 3, SampleFormat.Float32, FrameMetadata.None),
            (channel, firstRow, rows) => frame.Plane(channel).Slice(firstRow * frame.Width, rows.Length).CopyTo(rows));

    /// <summary>Stars with half the red and four fifths of the blue, and others, white and with peaks of 0.8 above the sky.</summary>
    private static Frame Draw(int stars, int bright, double blueFwhm = 3)
    {
        var sky = new MadeSky(1, Side, Side, 0) { Noise = 0.0005, Background = 0.05 };
        var blue = new MadeSky(1, Side, Side, 0) { Fwhm = blueFwhm };
        var frame = sky.Draw(PixelMap.Identity, channels: 3);
        for (var i = 0; i < stars + bright; i++)
        {
            double[] light = i < stars ? [1.5, 3, 2.4] : [8.2, 8.2, 8.2];
            for (var channel = 0; channel < 3; channel++)
                (channel == 2 ? blue : sky).AddStar(frame, channel, PlaceOf(i).X, PlaceOf(i).Y, light[channel]);
        }
        return frame;
    }

    private static (double X, double Y) PlaceOf(int star) => (50 + (star % 6 * 75) + (0.1 * star), 50 + (star / 6 * 75));
}
