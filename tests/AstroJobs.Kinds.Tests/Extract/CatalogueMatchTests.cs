using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;
using AstroJobs.Kinds.Extract;
using AstroJobs.Kinds.Sky;
using AstroJobs.Testing;

namespace AstroJobs.Kinds.Tests.Extract;

/// <summary>Stars drawn where a known camera would see those of the catalogue.</summary>
public sealed class CatalogueMatchTests
{
    private const int Width = 640;
    private const int Height = 480;

    private static readonly Wcs Orion = Wcs.Looking(new SkyPosition(83.9, -3.2), (Width - 1) / 2.0, (Height - 1) / 2.0, 60, 20);

    [Test]
    public void Every_star_is_itself()
    {
        var match = Match(Apart(40).Select(star => At(star)), fwhm: 3, out var field);
        Assert.That(match.Count, Is.EqualTo(field.Stars.Count));
        Assert.That(match.RmsArcsec, Is.LessThan(10), "a sixth of a pixel");
        foreach (var (star, catalogued) in field.Stars.Zip(match.Stars))
        {
            Orion.TryToPixel(catalogued!.Value.Position, out var x, out var y);
            Assert.That((x - star.X, y - star.Y), Is.EqualTo((0.0, 0.0)).Within(0.5));
        }
    }

    /// <summary>Three pixels off: as far as a blurred star is wide, further than a sharp one.</summary>
    [TestCase(2.2, false)]
    [TestCase(6, true)]
    public void Nearer_than_a_star_is_wide_they_are_one(double fwhm, bool areOne)
    {
        var match = Match(Apart(12).Select(star => At(star, 3)), fwhm, out _);
        Assert.That(match.Count, areOne ? Is.GreaterThan(8) : Is.LessThan(3), "a stranger may lie there");
    }

    /// <summary>Of two in the catalogue that a picture shows as one, the brighter is it, and nobody is two.</summary>
    [Test]
    public void A_star_of_the_picture_is_one_of_the_catalogue_the_brighter_one()
    {
        var all = Seen();
        var (bright, _) = all.SelectMany((one, i) => all.Skip(i + 1).Select(other => (one, other)))
            .First(pair => Distance(pair.one, pair.other) is > 0.5 and < 2.5 && pair.other.Star.VMagnitude - pair.one.Star.VMagnitude > 0.3);
        var match = Match([(bright.X, bright.Y, 30), .. Apart(20).Where(star => Distance(star, bright) > 20).Select(star => At(star))], fwhm: 3, out var field);
        var at = field.Stars.Select((star, i) => (Star: star, Index: i)).MinBy(star => double.Hypot(star.Star.X - bright.X, star.Star.Y - bright.Y)).Index;
        Assert.That(match.Stars[at]!.Value.VMagnitude, Is.EqualTo(bright.Star.VMagnitude));
    }

    /// <summary>A picture of few stars does not show the catalogue's faint ones: what lies there is somebody else.</summary>
    [Test]
    public void Faint_stars_of_the_catalogue_are_not_looked_for_among_few()
    {
        var faint = Seen().Last(star => star.X is > 60 and < Width - 60 && star.Y is > 60 and < Height - 60);
        var match = Match([(faint.X, faint.Y, 30)], fwhm: 3, out var field);
        Assert.That(field.Stars, Has.Count.EqualTo(1));
        Assert.That(match.Count, Is.Zero);
    }

    private static CatalogueMatch Match(IEnumerable<(double X, double Y, double Flux)> stars, double fwhm, out StarField field)
    {
        var sky = new MadeSky(1, Width, Height, 0) { Fwhm = fwhm, Noise = 0.001, Stars = [.. stars.Select(star => new MadeStar(star.X, star.Y, star.Flux))] };
        using var frame = sky.Draw(PixelMap.Identity);
        field = StarFinder.Find(frame);
        return CatalogueMatch.Make(field, Orion, StarCatalogue.Embedded);
    }

    /// <summary>The brightest that lie far from all brighter ones.</summary>
    private static List<(SkyStar Star, double X, double Y)> Apart(int count)
    {
        var chosen = new List<(SkyStar Star, double X, double Y)>();
        foreach (var star in Seen().Where(star => star.X is > 20 and < Width - 20 && star.Y is > 20 and < Height - 20))
        {
            if (chosen.Count < count && chosen.TrueForAll(other => Distance(star, other) > 25))
                chosen.Add(star);
        }
        return chosen;
    }

    /// <summary>Those of the catalogue in the picture, the brightest first.</summary>
    private static List<(SkyStar Star, double X, double Y)> Seen()
    {
        var view = SkyView.Of(Orion, Width, Height);
        var seen = new List<(SkyStar, double, double)>();
        foreach (var star in StarCatalogue.Embedded.Within(view.Centre, view.RadiusDeg).OrderBy(star => star.VMagnitude))
        {
            if (view.TryToPixel(star.Position, out var x, out var y))
                seen.Add((star, x, y));
        }
        return seen;
    }

    private static (double X, double Y, double Flux) At((SkyStar Star, double X, double Y) star, double off = 0) => (star.X + off, star.Y, 20 * Math.Pow(10, -0.2 * star.Star.VMagnitude));

    private static double Distance((SkyStar Star, double X, double Y) one, (SkyStar Star, double X, double Y) other) => double.Hypot(one.X - other.X, one.Y - other.Y);
}
