namespace AstroJobs.Kinds.Sky.Catalogues;

/// <summary>A constellation: its name, a place for it, its figure.</summary>
/// <param name="Id">Three letters: Ori.</param>
/// <param name="Labels">Where its name may stand; Serpens has two parts.</param>
/// <param name="Lines">Each from star to star.</param>
public sealed record Constellation(string Id, string Name, IReadOnlyList<SkyPosition> Labels, IReadOnlyList<IReadOnlyList<SkyPosition>> Lines)
{
    private static readonly Lazy<IReadOnlyList<Constellation>> LoadedOnce = new(Load);
    private static readonly Lazy<IReadOnlyList<Zone>> Zones = new(() => [.. CatalogueTable.Read("constellation-zones.csv").Select(ParseZone)]);

    public static IReadOnlyList<Constellation> All => LoadedOnce.Value;

    /// <summary>The constellation to which a place belongs. Source: Roman 1987, PASP 99, 695: the first zone from the north that it is in, at equinox B1875.</summary>
    public static Constellation At(SkyPosition position)
    {
        var then = Precession.FromJ2000(position, Precession.B1875);
        var hours = then.RaDeg / 15;
        var zone = Zones.Value.First(zone => then.DecDeg >= zone.SouthDeg && hours >= zone.LowHours && hours < zone.HighHours);
        return All.First(constellation => constellation.Id == zone.Id);
    }

    private static IReadOnlyList<Constellation> Load()
    {
        var lines = CatalogueTable.Read("constellation-lines.csv").ToLookup(cells => cells[0], cells => ParseLine(cells[1]));
        return [.. CatalogueTable.Read("constellations.csv")
            .GroupBy(cells => (Id: cells[0], Name: cells[1].Split(' ')[0] == "Serpens" ? "Serpens" : cells[1]))
            .Select(rows => new Constellation(
                rows.Key.Id,
                rows.Key.Name,
                [.. rows.Select(cells => new SkyPosition(CatalogueTable.Number(cells[2]), CatalogueTable.Number(cells[3])))],
                [.. lines[rows.Key.Id]]))];
    }

    private static IReadOnlyList<SkyPosition> ParseLine(string text) =>
        [.. text.Split(' ').Chunk(2).Select(pair => new SkyPosition(CatalogueTable.Number(pair[0]), CatalogueTable.Number(pair[1])))];

    private static Zone ParseZone(string[] cells) =>
        new(CatalogueTable.Number(cells[0]), CatalogueTable.Number(cells[1]), CatalogueTable.Number(cells[2]), cells[3]);

    private sealed record Zone(double LowHours, double HighHours, double SouthDeg, string Id);
}
