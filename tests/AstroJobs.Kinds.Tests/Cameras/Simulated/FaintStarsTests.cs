using AstroJobs.Kinds.Cameras.Simulated;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Tests.Cameras.Simulated;

public sealed class FaintStarsTests
{
    private static readonly SkyPosition Field = new(210, 54);

    [Test]
    public void A_narrower_or_deeper_look_finds_the_same_stars()
    {
        var wide = FaintStars.Around(Field, 3, 12);
        var narrow = FaintStars.Around(Field, 0.5, 12).Where(star => star.Position.SeparationDeg(Field) < 0.5).ToList();
        var deep = FaintStars.Around(Field, 0.5, 14).Where(star => star.Position.SeparationDeg(Field) < 0.5).ToList();

        Assert.That(narrow, Is.Not.Empty);
        Assert.That(narrow.Except(wide), Is.Empty);
        Assert.That(narrow.Except(deep), Is.Empty);
        Assert.That(deep.Count(star => star.VMagnitude <= 12), Is.EqualTo(narrow.Count));
    }

    [Test]
    public void Their_number_grows_by_2_6_a_magnitude_and_none_is_as_bright_as_the_catalogue_s()
    {
        var stars = FaintStars.Around(Field, 4, 14.2f).Where(star => star.Position.SeparationDeg(Field) < 4).ToList();
        double Between(double bright, double faint) => stars.Count(star => star.VMagnitude > bright && star.VMagnitude <= faint);

        Assert.That(stars.Min(star => star.VMagnitude), Is.GreaterThanOrEqualTo(StarCatalogue.FaintestMagnitude));
        Assert.That(Between(12.2, 13.2) / Between(11.2, 12.2), Is.EqualTo(2.6).Within(0.25));
        Assert.That(Between(13.2, 14.2) / Between(12.2, 13.2), Is.EqualTo(2.6).Within(0.2));
    }

    [Test]
    public void They_join_the_catalogue_without_a_gap()
    {
        // Stars a magnitude, averaged over fields all over the sky: the made ones go on where the catalogue's growth leaves off.
        var (catalogue, made) = (0, 0);
        for (var field = 0; field < 200; field++)
        {
            var dec = double.RadiansToDegrees(Math.Asin((2 * (field + 0.5) / 200) - 1));
            var centre = new SkyPosition(field * 137.508 % 360, dec); // a golden spiral covers the sphere evenly
            catalogue += StarCatalogue.Embedded.Within(centre, 4).Count(star => star.VMagnitude is > 8.2f and <= 9.2f);
            made += FaintStars.Around(centre, 4, 10.2f).Count(star => star.Position.SeparationDeg(centre) <= 4);
        }
        Assert.That((double)made / catalogue, Is.InRange(2, 3.2));
    }

    [Test]
    public void They_crowd_along_the_Milky_Way()
    {
        var cygnus = new SkyPosition(305, 38);
        var galacticPole = new SkyPosition(192.859, 27.128);
        static int Count(SkyPosition field) => FaintStars.Around(field, 2, 13.2f).Count(star => star.Position.SeparationDeg(field) < 2);

        Assert.That(Count(cygnus), Is.GreaterThan(3 * Count(galacticPole)));
    }

    [Test]
    public void At_the_pole_and_across_the_meridian_they_are_spread_evenly([Values(0.0, 89.9)] double dec)
    {
        var stars = FaintStars.Around(new SkyPosition(0, dec), 2, 13.2f).Where(star => star.Position.SeparationDeg(new SkyPosition(0, dec)) < 2).ToList();
        var west = stars.Count(star => star.Position.RaDeg > 180);

        Assert.That(west, Is.EqualTo(stars.Count / 2.0).Within(4 * Math.Sqrt(stars.Count) / 2));
    }
}
