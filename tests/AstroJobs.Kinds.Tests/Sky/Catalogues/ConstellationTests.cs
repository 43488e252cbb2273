using AstroJobs.Kinds.Sky;
using AstroJobs.Kinds.Sky.Catalogues;

namespace AstroJobs.Kinds.Tests.Sky.Catalogues;

public sealed class ConstellationTests
{
    [Test]
    public void There_are_eighty_eight() => Assert.That(Constellation.All, Has.Count.EqualTo(88));

    [Test]
    public void Every_one_has_a_name_a_place_and_a_figure_in_itself() => Assert.Multiple(() =>
    {
        foreach (var constellation in Constellation.All)
        {
            Assert.That(constellation.Name, Is.Not.Empty);
            Assert.That(constellation.Labels, Is.Not.Empty, constellation.Name);
            Assert.That(constellation.Lines, Is.Not.Empty, constellation.Name);
        }
    });

    [Test]
    public void Places_all_over_the_sky_belong_where_astropy_says()
    {
        var random = new Random(1);
        var places = Enumerable.Range(0, 300)
            .Select(_ => new SkyPosition(random.NextDouble() * 360, double.RadiansToDegrees(Math.Asin((2 * random.NextDouble()) - 1))))
            .Append(new SkyPosition(37.95, 89.26))
            .Append(new SkyPosition(0.01, -89.9))
            .ToArray();
        const string script = """
            from astropy.coordinates import SkyCoord, get_constellation
            import numpy
            pairs = numpy.array([list(map(float, pair.split(','))) for pair in sys.argv[1:]])
            print('\n'.join(get_constellation(SkyCoord(pairs[:, 0], pairs[:, 1], unit='deg'), short_name=True)))
            """;
        var said = Astropy.Run(script, places.Select(place => FormattableString.Invariant($"{place.RaDeg:R},{place.DecDeg:R}")));
        Assert.That(places.Select(place => Constellation.At(place).Id), Is.EqualTo(said));
    }
}
