using System.Globalization;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Tests.Sky;

public sealed class SolarSystemTests
{
    /// <summary>Astropy's own theory (ERFA), geocentric, within the accuracy that <see cref="SolarSystem"/> promises.</summary>
    [Test]
    public void Bodies_stand_where_astropy_has_them()
    {
        string[] times = ["1950-06-15T00:00:00", "2000-01-01T12:00:00", "2021-09-29T13:40:19", "2026-11-21T22:00:00", "2049-02-03T04:05:06"];
        const string script = """
            from astropy.coordinates import get_body, solar_system_ephemeris
            from astropy.time import Time
            from astropy.utils import iers
            iers.conf.auto_download = False
            iers.conf.iers_degraded_accuracy = 'ignore'
            solar_system_ephemeris.set('builtin')
            for text in sys.argv[1:]:
                for name in ['mercury', 'venus', 'mars', 'jupiter', 'saturn', 'uranus', 'neptune', 'moon']:
                    body = get_body(name, Time(text, scale='utc'))
                    print(text, name, body.ra.deg, body.dec.deg)
            """;
        var ours = times.ToDictionary(time => time, time => SolarSystem.At(DateTimeOffset.Parse(time + "Z", CultureInfo.InvariantCulture)).ToDictionary(body => body.Name.ToLowerInvariant(), body => body.Position));
        var lines = Astropy.Run(script, times);
        Assert.That(lines, Has.Length.EqualTo(times.Length * 8));
        Assert.Multiple(() =>
        {
            foreach (var cells in lines.Select(line => line.Split(' ')))
            {
                var there = new SkyPosition(double.Parse(cells[2], CultureInfo.InvariantCulture), double.Parse(cells[3], CultureInfo.InvariantCulture));
                var promised = cells[1] == "moon" ? 0.15 : 0.2; // degrees; Saturn is the worst of the planets
                Assert.That(ours[cells[0]][cells[1]].SeparationDeg(there), Is.LessThan(promised), $"{cells[1]} at {cells[0]}");
            }
        });
    }
}
