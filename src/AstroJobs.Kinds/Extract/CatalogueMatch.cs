using AstroJobs.Imaging.Stars;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Extract;

/// <summary>Which star of the catalogue each star of a solved picture is.</summary>
internal sealed class CatalogueMatch
{
    private const double LeastTolerancePixels = 2;
    private const int CellPixels = 32;
    private const int CatalogueDepth = 3; // times the stars found: fainter ones the picture does not show, so they would only meet strangers

    private CatalogueMatch(SkyStar?[] stars, double? rmsArcsec) => (Stars, RmsArcsec) = (stars, rmsArcsec);

    /// <summary>For each star of the picture the one of the catalogue; null for those that it does not have.</summary>
    public IReadOnlyList<SkyStar?> Stars { get; }

    public int Count => Stars.Count(star => star is not null);

    /// <summary>Root mean square distance of the pairs; null without any.</summary>
    public double? RmsArcsec { get; }

    /// <summary>Each catalogue star, brightest first, takes the nearest free star of the picture within a star's width.</summary>
    public static CatalogueMatch Make(StarField field, Wcs wcs, StarCatalogue catalogue)
    {
        var view = SkyView.Of(wcs, field.Width, field.Height);
        var matched = new SkyStar?[field.Stars.Count];
        var cells = Enumerable.Range(0, matched.Length).ToLookup(i => Cell(field.Stars[i].X, field.Stars[i].Y));
        var tolerance = Math.Max(LeastTolerancePixels, field.Fwhm ?? 0);
        double squares = 0;
        var count = 0;
        var seen = 0;
        foreach (var star in catalogue.Within(view.Centre, view.RadiusDeg).OrderBy(star => star.VMagnitude))
        {
            if (!view.TryToPixel(star.Position, out var x, out var y))
                continue;
            if (++seen > CatalogueDepth * matched.Length)
                break;
            if (Nearest(x, y) is not { } nearest)
                continue;
            matched[nearest] = star;
            var separation = wcs.ToSky(field.Stars[nearest].X, field.Stars[nearest].Y).SeparationDeg(star.Position) * 3600;
            squares += separation * separation;
            count++;
        }
        return new CatalogueMatch(matched, count == 0 ? null : Math.Sqrt(squares / count));

        int? Nearest(double x, double y)
        {
            int? best = null;
            var closest = tolerance * tolerance;
            for (var i = 0; i < 9; i++)
            {
                foreach (var candidate in cells[Cell(x + (((i % 3) - 1) * CellPixels), y + (((i / 3) - 1) * CellPixels))])
                {
                    var (dx, dy) = (field.Stars[candidate].X - x, field.Stars[candidate].Y - y);
                    if (matched[candidate] is null && (dx * dx) + (dy * dy) < closest)
                        (best, closest) = (candidate, (dx * dx) + (dy * dy));
                }
            }
            return best;
        }
    }

    private static (int, int) Cell(double x, double y) => ((int)Math.Floor(x / CellPixels), (int)Math.Floor(y / CellPixels));
}
