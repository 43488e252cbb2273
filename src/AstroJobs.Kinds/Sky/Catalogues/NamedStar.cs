namespace AstroJobs.Kinds.Sky.Catalogues;

/// <summary>A star to V 4.5 that has a name or a letter.</summary>
/// <param name="Name">Betelgeuse; null for one without.</param>
/// <param name="Designation">α Ori or 61 Cyg; null for one without.</param>
public sealed record NamedStar(string? Name, string? Designation, SkyPosition Position, double Magnitude)
{
    private static readonly Lazy<IReadOnlyList<NamedStar>> LoadedOnce = new(() => [.. CatalogueTable.Read("named-stars.csv").Select(Parse)]);

    /// <summary>Brightest first.</summary>
    public static IReadOnlyList<NamedStar> All => LoadedOnce.Value;

    private static NamedStar Parse(string[] cells) => new(
        cells[0].Length == 0 ? null : cells[0],
        cells[1].Length == 0 ? null : cells[1],
        new SkyPosition(CatalogueTable.Number(cells[2]), CatalogueTable.Number(cells[3])),
        CatalogueTable.Number(cells[4]));
}
