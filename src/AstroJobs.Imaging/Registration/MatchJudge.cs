using System.Globalization;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Registration;

/// <summary>Refits a proposed map on all stars that agree with it and says whether it can be trusted.</summary>
internal sealed class MatchJudge(StarField reference)
{
    public const int FewestInliers = 4;

    private const double FirstReach = 4; // pixels
    private const double LastReach = 1.5;
    private const double LargestRms = 1; // pixels
    private const double SmallestShare = 0.2; // of the stars that both frames could show; faint ends of the lists differ
    private const double LargestChance = 1e-6;
    private const int Rounds = 8;

    private readonly StarGrid? _grid = reference.Stars.Count == 0 ? null : new StarGrid(reference.Stars, FirstReach);

    public int Nearest(double x, double y, double reach) => _grid?.Nearest(x, y, reach) ?? -1;

    /// <param name="proposals">How many maps were tried: the more, the likelier that one fits by chance.</param>
    public StarMatch Judge(StarField frame, PixelMap map, int proposals)
    {
        var mirrored = map.IsMirrored;
        var reach = FirstReach;
        var pairs = new List<StarPair>();
        for (var round = 0; round < Rounds; round++)
        {
            pairs = PairsWithin(frame, map, reach);
            if (pairs.Count < 3 || SimilarityFit.FitRobustly(pairs, mirrored) is not { } better)
                return StarMatch.None(Told(pairs.Count, frame, "they agree by chance only"));
            map = better;
            reach = Math.Clamp(4 * Rms(map, pairs), LastReach, reach);
        }
        pairs = PairsWithin(frame, map, reach);
        var rms = Rms(map, pairs);
        var possible = Math.Min(CountInside(frame, map, reference), CountInside(reference, map.Inverse(), frame));
        if (pairs.Count < FewestInliers || Chance(frame, pairs.Count, reach, proposals) > LargestChance)
            return StarMatch.None(Told(pairs.Count, frame, "so few may agree by chance"));
        if (pairs.Count < SmallestShare * possible)
            return StarMatch.None(Told(pairs.Count, frame, string.Create(CultureInfo.InvariantCulture, $"of {possible} that both should show")));
        if (rms > LargestRms)
            return StarMatch.None(Told(pairs.Count, frame, string.Create(CultureInfo.InvariantCulture, $"and those only to {rms:0.00} px rms")));
        return new StarMatch(map, pairs.Count, rms, null);
    }

    private string Told(int agreeing, StarField frame, string why) => string.Create(
        CultureInfo.InvariantCulture,
        $"at best {agreeing} of its {frame.Stars.Count} stars fall on the reference's {reference.Stars.Count}: {why}");

    /// <summary>Each star with its nearest on the reference; of two stars on one target the nearer.</summary>
    private List<StarPair> PairsWithin(StarField frame, PixelMap map, double reach)
    {
        var best = new Dictionary<int, StarPair>();
        foreach (var star in frame.Stars)
        {
            var (x, y) = map.Map(star.X, star.Y);
            var nearest = Nearest(x, y, reach);
            if (nearest < 0)
                continue;
            var pair = new StarPair(star, reference.Stars[nearest]);
            if (!best.TryGetValue(nearest, out var other) || SimilarityFit.Residual(map, pair) < SimilarityFit.Residual(map, other))
                best[nearest] = pair;
        }
        return [.. best.Values];
    }

    private static double Rms(PixelMap map, List<StarPair> pairs) =>
        pairs.Count == 0 ? 0 : Math.Sqrt(pairs.Sum(pair => pair.Weight * Math.Pow(SimilarityFit.Residual(map, pair), 2)) / pairs.Sum(pair => pair.Weight));

    private static int CountInside(StarField from, PixelMap map, StarField onto) =>
        from.Stars.Count(star => map.Map(star.X, star.Y) is var (x, y) && x >= 0 && y >= 0 && x <= onto.Width - 1 && y <= onto.Height - 1);

    /// <summary>
    /// The chance that a wrong map pairs so many: beyond the three stars that made it, each of the frame's n stars falls on one of the
    /// reference's by accident with p = stars · π·reach² / area, so the count is Poisson with mean n·p; times the maps tried.
    /// </summary>
    private double Chance(StarField frame, int agreeing, double reach, int proposals)
    {
        var mean = frame.Stars.Count * (reference.Stars.Count * Math.PI * reach * reach / ((double)reference.Width * reference.Height));
        var extra = Math.Max(0, agreeing - 3);
        // P(X ≥ k) ≤ e^(k − mean) (mean/k)^k for k > mean (Chernoff).
        return extra <= mean ? 1 : proposals * Math.Exp(extra - mean + (extra * Math.Log(mean / extra)));
    }
}
