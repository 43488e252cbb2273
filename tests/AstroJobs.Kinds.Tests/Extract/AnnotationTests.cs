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

    /// <summary>Beside a small circle; on the rim of a large one, where its own light does not hide it.</summary>
    [TestCase(10)]
    [TestCase(480)]
    public void An_object_is_named_at_its_circle(double sizeArcmin)
    {
        var radius = Math.Max(7, sizeArcmin * 60 / Orion.ScaleArcsecPerPixel / 4);
        using var without = Draw([]);
        using var picture = Draw([Galaxy(700, 520, sizeArcmin)]);
        double[] off = [.. Drawn(without, picture).Select(at => Math.Abs(double.Hypot(at.X - 350, at.Y - 260) - radius)).Where(static distance => distance > 3)];
        Assert.That(off, Has.Length.GreaterThan(40), "letters");
        Assert.That(off.Max(), Is.LessThan(70), "near the rim");
    }

    [TestCase("NGC 1", 0)]
    [TestCase("A galaxy of some fame", 100)]
    public void A_name_is_told_after_the_number_that_catalogues_know(string name, double longer)
    {
        using var without = Draw([]);
        using var number = Draw([Galaxy(500, 520, 10)]);
        using var picture = Draw([Galaxy(500, 520, 10) with { Name = name }]);
        Assert.That(Width(Drawn(without, picture)) - Width(Drawn(without, number)), longer == 0 ? Is.Zero : Is.GreaterThan(longer));

        static double Width(IReadOnlyList<(int X, int Y)> drawn) => drawn.Max(at => at.X) - drawn.Min(at => at.X);
    }

    /// <summary>Of objects on one spot each is told, and no word lies on another.</summary>
    [Test]
    public void Names_of_neighbours_do_not_hide_each_other()
    {
        using var without = Draw([]);
        FieldObject[] two = [Galaxy(700, 520, 10), Galaxy(712, 524, 10)];
        var counts = two.Select(one => Count([one])).ToArray();
        Assert.That(Count(two), Is.GreaterThan(0.85 * counts.Sum()), "two circles and two words, a little of the circles shared");

        int Count(FieldObject[] objects)
        {
            using var picture = Draw(objects);
            return Drawn(without, picture).Count;
        }
    }

    /// <summary>Where two pictures differ.</summary>
    private static List<(int X, int Y)> Drawn(Frame without, Frame picture) =>
    [
        .. from y in Enumerable.Range(0, picture.Height)
           from x in Enumerable.Range(0, picture.Width)
           where Math.Abs(picture.Row(0, y)[x] - without.Row(0, y)[x]) > 0.2f
           select (x, y),
    ];

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
