using AstroJobs.Imaging.Stars;

namespace AstroJobs.Kinds.Extract;

/// <summary>In which order a solver should try the stars of a picture: the first dozens decide whether and how fast it solves.</summary>
internal static class StarOrder
{
    // Lamps, windows and lit twigs are wider than stars by far; a saturated star is a few times wider than the faint ones.
    private const double UsualShare = 0.3; // of the sources by width: a lower quantile than half, for half may be foreground
    private const double WidestStar = 2.2;
    private const double WidestSaturatedStar = 5;
    private const int Boxes = 10;

    /// <summary>Brightest first; what is much wider than a star comes last.</summary>
    public static IReadOnlyList<Star> ByBrightness(IReadOnlyList<Star> stars)
    {
        if (stars.Count == 0)
            return stars;
        var usual = stars.Select(star => star.Fwhm).Order().ElementAt((int)(stars.Count * UsualShare));
        bool IsStar(Star star) => star.Fwhm <= usual * (star.Saturated ? WidestSaturatedStar : WidestStar);
        return [.. stars.Where(IsStar), .. stars.Where(star => !IsStar(star))];
    }

    /// <summary>Spread over the picture: the first of each of a hundred boxes, then the second of each, and so on.</summary>
    public static IReadOnlyList<Star> Spread(IReadOnlyList<Star> ordered, int width, int height)
    {
        var taken = new int[Boxes * Boxes];
        return [.. ordered
            .Select((star, rank) => (Star: star, Rank: rank, Round: taken[Box(star, width, height)]++))
            .OrderBy(star => star.Round)
            .ThenBy(star => star.Rank)
            .Select(star => star.Star)];
    }

    private static int Box(Star star, int width, int height) =>
        (Math.Clamp((int)(star.Y / height * Boxes), 0, Boxes - 1) * Boxes) + Math.Clamp((int)(star.X / width * Boxes), 0, Boxes - 1);
}
