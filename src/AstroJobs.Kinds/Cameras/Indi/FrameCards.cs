using System.Globalization;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Cameras.Indi;

/// <summary>What a frame should say of itself, where its driver did not.</summary>
internal static class FrameCards
{
    private const double DaysPerCentury = 36525;

    private static readonly DateTimeOffset J2000 = new(2000, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <param name="properties">Of all devices of the server: a mount among them tells its name and where it points.</param>
    public static List<(string Key, string Value)> Of(string camera, FrameType type, DateTimeOffset takenAt, TimeSpan exposure, IEnumerable<IndiProperty> properties)
    {
        List<(string Key, string Value)> cards =
        [
            ("DATE-OBS", FitsCards.Text(takenAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture))),
            ("EXPTIME", FitsCards.Number(exposure.TotalSeconds)),
            ("INSTRUME", FitsCards.Text(camera)),
            ("IMAGETYP", FitsCards.Text(type.ToString())),
        ];
        if (properties.FirstOrDefault(static property => property.Name == "EQUATORIAL_EOD_COORD" && property.Elements.ContainsKey("RA")) is not { } mount)
            return cards;
        cards.Add(("TELESCOP", FitsCards.Text(mount.Device)));
        if (mount.Elements["RA"].Number is { } hours && mount.Elements.GetValueOrDefault("DEC")?.Number is { } degrees)
        {
            var pointing = Precession.ToJ2000(new SkyPosition(hours * 15, degrees), (takenAt - J2000).TotalDays / DaysPerCentury); // mounts count from the equinox of the date
            cards.AddRange([("RA", FitsCards.Number(Math.Round(pointing.RaDeg, 6))), ("DEC", FitsCards.Number(Math.Round(pointing.DecDeg, 6))), ("EQUINOX", FitsCards.Number(2000))]);
        }
        return cards;
    }
}
