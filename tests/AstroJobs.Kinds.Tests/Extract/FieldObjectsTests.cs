using AstroJobs.Kinds.Extract;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Tests.Extract;

public sealed class FieldObjectsTests
{
    private const int Width = 800;
    private const int Height = 600;

    private static readonly DateTimeOffset Night = new(2026, 11, 21, 22, 0, 0, TimeSpan.Zero);

    [Test]
    public void What_lies_in_the_sword_of_Orion_is_listed_from_the_middle_outwards()
    {
        var objects = FieldObjects.List(View(new SkyPosition(83.82, -5.39), 2), taken: null);
        Assert.That(objects.Select(thing => thing.SepArcmin), Is.Ordered);
        Assert.That(objects[0].Id, Is.EqualTo("M 42").Or.EqualTo("θ¹ Ori"));
        Assert.That(objects.Select(thing => thing.Id), Does.Contain("M 42").And.Contain("M 43"));
        Assert.That(objects, Has.None.Matches<FieldObject>(thing => thing.X < -0.5 || thing.Y < -0.5 || thing.X > Width || thing.Y > Height));
    }

    /// <summary>A wide field holds thousands of galaxies that are smaller than a pixel: of them only what a guide names.</summary>
    [TestCase(4, 13)]
    [TestCase(14, 11)]
    [TestCase(30, 9)]
    [TestCase(60, 7)]
    public void The_wider_the_field_the_brighter_the_objects(double width, double faintest)
    {
        var nameless = FieldObjects.List(View(new SkyPosition(187, 12), width), null).Where(thing => thing.Type == "galaxy" && thing.Name == thing.Id && thing.Id[0] is not ('M' or 'C')).ToArray();
        Assert.That(nameless.Select(thing => thing.Mag), Is.All.LessThanOrEqualTo(faintest));
        if (width < 10)
            Assert.That(nameless, Has.Length.GreaterThan(10), "in the midst of Virgo");
    }

    [Test]
    public void Planets_stand_where_they_were_that_night_and_nowhere_when_nobody_says()
    {
        var (name, _, position) = SolarSystem.At(Night).First(body => body.Name == "Jupiter");
        var view = View(position, 5);
        var jupiter = FieldObjects.List(view, Night).Single(thing => thing.Name == name);
        Assert.That((jupiter.X, jupiter.Y), Is.EqualTo(((Width - 1) / 2.0, (Height - 1) / 2.0)).Within(0.01));
        Assert.That(FieldObjects.List(view, null).Select(thing => thing.Name), Does.Not.Contain(name));
    }

    [Test]
    public void The_constellation_with_the_largest_part_comes_first()
    {
        var names = FieldObjects.Constellations(View(new SkyPosition(84, 2), 24));
        Assert.That(names, Has.Count.GreaterThan(2));
        Assert.That(names[0], Is.EqualTo("Orion"));
    }

    private static SkyView View(SkyPosition centre, double widthDeg) =>
        SkyView.Of(Wcs.Looking(centre, (Width - 1) / 2.0, (Height - 1) / 2.0, widthDeg * 3600 / Width, 0), Width, Height);
}
