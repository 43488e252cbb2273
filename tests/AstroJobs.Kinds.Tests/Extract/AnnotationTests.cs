using AstroJobs.Imaging;
using AstroJobs.Kinds.Extract;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Tests.Extract;

/// <summary>Drawn on black at half the size of the solved picture.</summary>
public sealed class AnnotationTests
{
    private const int Width = 1200;
    private const int Height = 900;

    private static readonly SkyView Orion = SkyView.Of(Wcs.Looking(new SkyPosition(84, 2), (Width - 1) / 2.0, (Height - 1) / 2.0, 24 * 3600.0 / Width, 0), Width, Height);

    [Test]
    public void A_figure_joins_its_stars_where_the_smaller_picture_shows_them()
    {
        using var picture = Draw([]);
        // Betelgeuse and Alnitak: the hunter's side.
        var (from, to) = (new SkyPosition(88.793, 7.407), new SkyPosition(85.190, -1.943));
        Orion.Wcs.TryToPixel(from, out var x0, out var y0);
        Orion.Wcs.TryToPixel(to, out var x1, out var y1);
        var blue = Enumerable.Range(3, 5).Select(i => Brightest(picture, 2, (x0 + ((x1 - x0) * i / 10)) / 2, (y0 + ((y1 - y0) * i / 10)) / 2, 2)).ToArray();
        Assert.That(blue, Is.All.GreaterThan(0.3));
    }

    [Test]
    public void A_circle_is_as_large_as_the_object()
    {
        using var without = Draw([]);
        using var picture = Draw([Galaxy(700, 620, sizeArcmin: 144)]); // 120 pixels of the solved picture: a radius of 30 here
        foreach (var (x, y) in ((double, double)[])[(320, 310), (380, 310), (350, 280), (350, 340)])
            Assert.That(Brightest(picture, 0, x, y, 1.5), Is.GreaterThan(0.4 + Brightest(without, 0, x, y, 1.5)), $"the rim at {x}, {y}");
        Assert.That(Brightest(picture, 0, 350, 310, 15), Is.EqualTo(Brightest(without, 0, 350, 310, 15)), "nothing inside");
    }

    private static FieldObject Galaxy(double x, double y, double sizeArcmin)
    {
        var place = Orion.Wcs.ToSky(x, y);
        return new FieldObject("NGC 1", "NGC 1", "galaxy", place.RaDeg, place.DecDeg, x, y, 100, sizeArcmin, 9);
    }

    private static Frame Draw(IReadOnlyList<FieldObject> objects)
    {
        using var annotation = new Annotation(new Frame(Width / 2, Height / 2, 3, FrameMetadata.None), Orion);
        var drawn = annotation.Draw(objects);
        var picture = new Frame(drawn.Width, drawn.Height, drawn.Channels, drawn.Metadata);
        for (var channel = 0; channel < drawn.Channels; channel++)
            drawn.Plane(channel).CopyTo(picture.Plane(channel));
        return picture;
    }

    private static float Brightest(Frame picture, int channel, double x, double y, double within)
    {
        var brightest = 0f;
        for (var row = (int)Math.Round(y - within); row <= Math.Round(y + within); row++)
        {
            for (var column = (int)Math.Round(x - within); column <= Math.Round(x + within); column++)
                brightest = Math.Max(brightest, picture.Row(channel, row)[column]);
        }
        return brightest;
    }
}
