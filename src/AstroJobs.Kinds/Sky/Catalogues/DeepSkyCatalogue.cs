namespace AstroJobs.Kinds.Sky.Catalogues;

/// <summary>Messier, Caldwell, and NGC and IC to magnitude 13 or with a name.</summary>
public static class DeepSkyCatalogue
{
    private static readonly Lazy<IReadOnlyList<DeepSkyObject>> LoadedOnce = new(() => [.. CatalogueTable.Read("objects.csv").Select(Parse)]);

    public static IReadOnlyList<DeepSkyObject> All => LoadedOnce.Value;

    private static DeepSkyObject Parse(string[] cells) => new(
        cells[0].Split('|'),
        cells[1].Length == 0 ? null : cells[1],
        cells[2],
        new SkyPosition(CatalogueTable.Number(cells[3]), CatalogueTable.Number(cells[4])),
        CatalogueTable.NumberOrNull(cells[5]),
        CatalogueTable.NumberOrNull(cells[6]));
}
