using AstroJobs.Kinds.Sky;
using AstroJobs.Kinds.Sky.Catalogues;

namespace AstroJobs.Kinds.Tests.Sky.Catalogues;

public sealed class DeepSkyCatalogueTests
{
    /// <summary>Two sources that know nothing of each other, but for the stars that Tycho-2 lacks.</summary>
    [Test]
    public void Named_stars_stand_where_the_star_catalogue_has_stars()
    {
        var separations = NamedStar.All.Select(star => StarCatalogue.Embedded.Within(star.Position, 0.05, 6.5f)
            .Where(near => Math.Abs(near.VMagnitude - star.Magnitude) < 1.5)
            .Select(near => near.Position.SeparationDeg(star.Position) * 3600)
            .DefaultIfEmpty(double.PositiveInfinity).Min()).ToArray();
        Assert.That(NamedStar.All.Zip(separations).Where(pair => pair.Second > 20).Select(pair => pair.First.Designation ?? pair.First.Name), Is.Empty);
        Assert.That(separations.Order().ElementAt(separations.Length / 2), Is.LessThan(1), "arcseconds");
    }

    /// <summary>The Bright Star Catalogue (5th ed.) has 22 stars to V 1.5 besides the Sun, 93 to 2.5 and 518 to 4.0; to within what stars at the limit vary, and close pairs that count as one or two.</summary>
    [TestCase(1.5, 22, 2)]
    [TestCase(2.5, 93, 3)]
    [TestCase(4.0, 518, 8)]
    public void Named_stars_are_as_many_as_the_sky_has(double magnitude, int count, int tolerance) =>
        Assert.That(NamedStar.All.Count(star => star.Magnitude <= magnitude), Is.EqualTo(count).Within(tolerance));

    /// <summary>The IAU's list has names for nearly all stars to V 2.5 and for some 370 to V 4.5.</summary>
    [Test]
    public void Names_are_those_of_the_IAU()
    {
        Assert.That(NamedStar.All.Count(star => star.Name is not null), Is.GreaterThanOrEqualTo(370));
        Assert.That(NamedStar.All.Where(star => star.Magnitude <= 2.2 && star.Name is null).Select(star => star.Designation), Is.Empty);
        Assert.That(NamedStar.All.Select(star => star.Name), Is.SupersetOf(new[] { "Rigil Kentaurus", "Hadar", "Acrux", "Izar", "Albireo", "Mizar", "Alcor", "Porrima", "Castor", "Algieba", "Nashira", "Thuban" }));
    }

    [Test]
    public void All_of_Messier_and_Caldwell_are_in_it()
    {
        var designations = DeepSkyCatalogue.All.SelectMany(thing => thing.Designations).ToHashSet();
        Assert.That(Enumerable.Range(1, 110).Select(number => $"M {number}").Where(name => !designations.Contains(name)), Is.Empty);
        Assert.That(Enumerable.Range(1, 109).Select(number => $"C {number}").Where(name => !designations.Contains(name)), Is.Empty);
    }

    /// <summary>Positions as SIMBAD gives them, to an arcminute.</summary>
    [TestCase("M 31", 10.685, 41.269, "galaxy")]
    [TestCase("M 42", 83.82, -5.39, "nebula")]
    [TestCase("M 13", 250.423, 36.461, "globular cluster")]
    [TestCase("M 57", 283.396, 33.029, "planetary nebula")]
    [TestCase("M 1", 83.633, 22.014, "supernova remnant")]
    [TestCase("NGC 4565", 189.087, 25.988, "galaxy")]
    [TestCase("NGC 869", 34.741, 57.134, "open cluster")]
    [TestCase("C 77", 201.365, -43.019, "galaxy")]
    [TestCase("IC 342", 56.702, 68.096, "galaxy")]
    public void What_is_well_known_stands_where_it_does(string designation, double ra, double dec, string type)
    {
        var thing = DeepSkyCatalogue.All.Single(thing => thing.Designations.Contains(designation));
        Assert.That(thing.Position.SeparationDeg(new SkyPosition(ra, dec)) * 60, Is.LessThan(1.5));
        Assert.That(thing.Type, Is.EqualTo(type));
    }

    [TestCase("Betelgeuse", "α Ori", 88.793, 7.407, 0.45)]
    [TestCase("Polaris", "α UMi", 37.955, 89.264, 1.97)]
    [TestCase("Vega", "α Lyr", 279.235, 38.784, 0.03)]
    public void Stars_have_their_names(string name, string designation, double ra, double dec, double magnitude)
    {
        var star = NamedStar.All.Single(star => star.Name == name);
        Assert.That(star.Designation, Is.EqualTo(designation));
        Assert.That(star.Position.SeparationDeg(new SkyPosition(ra, dec)) * 3600, Is.LessThan(5));
        Assert.That(star.Magnitude, Is.EqualTo(magnitude).Within(0.1));
    }
}
