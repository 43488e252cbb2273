using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Tests.Sky;

public sealed class StarCatalogueTests
{
    private static readonly Lazy<List<SkyStar>> WholeSky = new(() => StarCatalogue.Embedded.Within(new SkyPosition(0, 0), 180));

    private static readonly Comparer<SkyStar> ByPlace = Comparer<SkyStar>.Create((a, b) =>
        (a.Position.RaDeg, a.Position.DecDeg, a.VMagnitude).CompareTo((b.Position.RaDeg, b.Position.DecDeg, b.VMagnitude)));

    // ICRS coordinates at epoch J2000 and V from the Hipparcos catalogue (ESA SP-1200), in degrees.
    [TestCase("Sirius", 101.287155, -16.716116, -1.46)]
    [TestCase("Canopus", 95.987958, -52.695661, -0.74)]
    [TestCase("Vega", 279.234735, 38.783689, 0.03)]
    [TestCase("Betelgeuse", 88.792939, 7.407064, 0.50)]
    [TestCase("Rigel", 78.634467, -8.201638, 0.13)]
    [TestCase("Polaris", 37.954561, 89.264109, 1.98)]
    [TestCase("Achernar", 24.428523, -57.236753, 0.46)]
    [TestCase("Alnilam", 84.053389, -1.201919, 1.69)]
    [TestCase("Theta-1 Orionis C", 83.818600, -5.389681, 5.13)]
    public void A_known_star_is_where_the_literature_has_it(string name, double raDeg, double decDeg, double magnitude)
    {
        var published = new SkyPosition(raDeg, decDeg);

        var star = StarCatalogue.Embedded.Within(published, 0.01).MinBy(found => Math.Abs(found.VMagnitude - magnitude));

        Assert.That(star.Position.SeparationDeg(published) * 3600, Is.LessThan(5), name);
        Assert.That(star.VMagnitude, Is.EqualTo(magnitude).Within(0.35), name);
    }

    [TestCase(0.0, 0.0, 5.0)]
    [TestCase(359.9, -33.3, 2.0)]
    [TestCase(120.0, 89.9, 3.0)]
    [TestCase(250.0, -90.0, 4.0)]
    [TestCase(83.9, -3.2, 7.5)]
    [TestCase(10.0, 60.0, 0.3)]
    [TestCase(200.0, 20.0, 100.0)]
    public void A_field_holds_exactly_the_stars_that_a_search_of_the_whole_sky_finds(double raDeg, double decDeg, double radiusDeg)
    {
        var centre = new SkyPosition(raDeg, decDeg);

        var found = StarCatalogue.Embedded.Within(centre, radiusDeg, 8);

        var expected = WholeSky.Value.Where(star => star.VMagnitude <= 8 && star.Position.SeparationDeg(centre) <= radiusDeg);
        Assert.That(found, Is.Not.Empty);
        Assert.That(found.Order(ByPlace).SequenceEqual(expected.Order(ByPlace)), Is.True);
    }

    [Test]
    public void It_is_under_a_megabyte_and_counts_stars_as_the_sky_does()
    {
        using var resource = typeof(StarCatalogue).Assembly.GetManifestResourceStream("tycho2.bin")!;
        Assert.That(resource.Length, Is.LessThan(1 << 20));
        Assert.That(WholeSky.Value, Has.Count.EqualTo(StarCatalogue.Embedded.Count));
        // The Bright Star Catalogue (5th ed.) has 8 404 stars to V 6.5. Tycho-2 leaves out doubles, and V_T is 0.06 fainter than V on average.
        Assert.That(WholeSky.Value.Count(star => star.VMagnitude < 6.5), Is.EqualTo(8404).Within(12).Percent);
        Assert.That(WholeSky.Value.Count(star => star.VMagnitude < 8), Is.EqualTo(42_000).Within(12).Percent);
    }

    [Test]
    public void A_torn_catalogue_is_refused()
    {
        using var resource = typeof(StarCatalogue).Assembly.GetManifestResourceStream("tycho2.bin")!;
        var data = new byte[resource.Length];
        resource.ReadExactly(data);

        Assert.That(() => new StarCatalogue(data[..^1]), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => new StarCatalogue([1, 2, 3, 4, 5]), Throws.TypeOf<InvalidDataException>());
    }
}
