using AstroJobs.Imaging.Stars;

namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>
/// Lays a solution on all stars of the picture that the catalogue has, where a solver may have used a dozen: brightest ones within a wide tolerance first,
/// then more within a closer one. What lies no better than before is not taken, nor what strangers could do.
/// </summary>
internal static class PlateRefiner
{
    private const double BetterRms = 0.98;

    // Of strangers that lie on each other by chance, a fit brings more together: up to twice as many.
    private const double MostByFitting = 3;
    private const int FewestPairs = 8;

    /// <summary>Pixels, and the order that may be fitted: strangers among the pairs of a wide tolerance would bend the plane.</summary>
    private static readonly (double Tolerance, int Order)[] Steps = [(24, 2), (16, 2), (12, 2), (8, 3), (6, 3), (4, 4), (3, 5), (3, 5), (2, 5)];

    /// <returns>The solution itself where nothing better was found.</returns>
    /// <param name="stars">Brightest first.</param>
    public static Wcs Refine(Wcs found, IReadOnlyList<Star> stars, int width, int height, StarCatalogue catalogue)
    {
        var field = new Picture(stars, width, height);
        var view = SkyView.Of(found, field.Width, field.Height);
        var around = catalogue.Within(view.Centre, Math.Min(90, 1.3 * view.RadiusDeg)).OrderBy(star => star.VMagnitude).ToArray();
        var best = (Wcs: found, Fit: Judge(found, field, around));
        foreach (var start in (Wcs[])[found, Plain(found)])
        {
            if (Follow(start, field, around) is not { } refined)
                continue;
            var fit = Judge(refined, field, around);
            if (fit.Pairs < FewestPairs + (MostByFitting * Strangers(refined, field, around)))
                continue;
            if (fit.Pairs > best.Fit.Pairs || (fit.Pairs == best.Fit.Pairs && fit.Rms < BetterRms * best.Fit.Rms))
                best = (refined, fit);
        }
        return best.Wcs;
    }

    /// <summary>Without the distortion: a solver that has few stars may have bent the picture to fit them.</summary>
    private static Wcs Plain(Wcs wcs) => Wcs.FromCdMatrix(wcs.Tangent, wcs.TangentX, wcs.TangentY, wcs.CdMatrix);

    private static Wcs? Follow(Wcs start, Picture field, IReadOnlyList<SkyStar> catalogue)
    {
        var wcs = start;
        Wcs? fitted = null;
        foreach (var (tolerance, order) in Steps)
        {
            var pairs = StarPairs.Find(field.Stars, catalogue, wcs, field.Width, field.Height, tolerance);
            var middle = wcs.ToSky((field.Width - 1) / 2.0, (field.Height - 1) / 2.0);
            if (PlateFit.Make(pairs, middle, field.Width, field.Height, order) is { } closer)
                fitted = wcs = closer;
        }
        return fitted;
    }

    private static (int Pairs, double Rms) Judge(Wcs wcs, Picture field, IReadOnlyList<SkyStar> catalogue)
    {
        var pairs = StarPairs.Find(field.Stars, catalogue, wcs, field.Width, field.Height, Steps[^1].Tolerance);
        var squares = pairs.Sum(pair => wcs.TryToPixel(pair.Sky.Position, out var x, out var y) ? Math.Pow(pair.Star.X - x, 2) + Math.Pow(pair.Star.Y - y, 2) : 0);
        return (pairs.Count, pairs.Count == 0 ? double.PositiveInfinity : Math.Sqrt(squares / pairs.Count));
    }

    /// <summary>How many pairs there would be of stars that have nothing to do with each other.</summary>
    private static double Strangers(Wcs wcs, Picture field, IReadOnlyList<SkyStar> catalogue)
    {
        var tolerance = Steps[^1].Tolerance;
        var most = StarPairs.MostStars(field.Width, field.Height, tolerance);
        var seen = catalogue.Count(star => wcs.TryToPixel(star.Position, out var x, out var y) && x >= 0 && y >= 0 && x < field.Width && y < field.Height);
        return (double)Math.Min(seen, most) * Math.Min(field.Stars.Count, most) * Math.PI * tolerance * tolerance / ((double)field.Width * field.Height);
    }

    private readonly record struct Picture(IReadOnlyList<Star> Stars, int Width, int Height);
}
