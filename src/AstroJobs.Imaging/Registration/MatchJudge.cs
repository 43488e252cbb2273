using System.Globalization;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Registration;

/// <summary>Refits a proposed map on all stars that agree with it and says whether it can be trusted.</summary>
internal sealed class MatchJudge(StarField reference, TransformModel wanted)
{
    public const int FewestInliers = 4;

    private const double LargestRms = 1; // pixels
    private const double SmallestShare = 0.2; // of the stars that both frames could show; faint ends of the lists differ
    private const double LargestChance = 1e-6;
    private const int Rounds = 8;
    private const int Brightest = 100;
    private const double EdgePixels = 8; // closer to the edge a star may be cut off

    private readonly StarPairing _pairing = new(reference, MapRefiner.FirstReach);

    public int Nearest(double x, double y, double reach) => _pairing.Nearest(x, y, reach);

    /// <summary>The similarity on the stars that agree with it, if these are beyond chance.</summary>
    /// <param name="proposals">How many maps were tried: the more, the likelier that one fits by chance.</param>
    public (RefinedMap? Similarity, StarMatch Verdict) Hear(StarField frame, PixelMap map, int proposals)
    {
        var mirrored = map.IsMirrored;
        var reach = MapRefiner.FirstReach;
        var pairs = new List<StarPair>();
        for (var round = 0; round < Rounds; round++)
        {
            pairs = PairsWithin(frame, map, reach);
            if (pairs.Count < 3 || SimilarityFit.FitRobustly(pairs, mirrored) is not { } better)
                return (null, StarMatch.None(Told(pairs.Count, frame, "they agree by chance only")));
            var next = Math.Clamp(4 * RefinedMap.Of(Similarity(better), pairs).RmsPixels, MapRefiner.LastReach, reach);
            var stands = better == map && next == reach; // all later rounds would be the same
            (map, reach) = (better, next);
            if (stands)
                break;
        }
        pairs = PairsWithin(frame, map, reach);
        return pairs.Count < FewestInliers || Chance(frame, pairs.Count, reach, proposals) > LargestChance
            ? (null, StarMatch.None(Told(pairs.Count, frame, "so few may agree by chance")))
            : (RefinedMap.Of(Similarity(map), pairs), StarMatch.None(Told(pairs.Count, frame, "they agree by chance only")));
    }

    /// <summary>The map of the model, and whether enough stars agree with it.</summary>
    public StarMatch Judge(StarField frame, RefinedMap similarity)
    {
        if (new MapRefiner(_pairing, wanted).Refine(frame, similarity.Map.Plane, similarity.Pairs) is not { } refined)
            return StarMatch.None(Told(similarity.Pairs.Count, frame, $"too few for a transform of the model {wanted.ToString().ToLowerInvariant()}"));
        var count = refined.Pairs.Count;
        var possible = Math.Min(CountInside(frame, refined.Map.ToReference, reference), CountInside(reference, refined.Map.ToFrame, frame));
        if (count < FewestInliers)
            return StarMatch.None(Told(count, frame, "so few may agree by chance"));
        if (count < SmallestShare * possible)
            return StarMatch.None(Told(count, frame, string.Create(CultureInfo.InvariantCulture, $"of {possible} that both should show")));
        if (refined.RmsPixels > LargestRms)
            return StarMatch.None(Told(count, frame, string.Create(CultureInfo.InvariantCulture, $"and those only to {refined.RmsPixels:0.00} px rms")));
        return StarMatch.Of(refined) with { MissingStars = MissingOf(frame, refined) };
    }

    private double MissingOf(StarField frame, RefinedMap refined)
    {
        var found = refined.Pairs.Select(pair => pair.Target).ToHashSet();
        var expected = 0;
        var missing = 0;
        foreach (var star in reference.Stars.Take(Brightest))
        {
            var (x, y) = refined.Map.ToFrame(star.X, star.Y);
            if (!(x >= EdgePixels && y >= EdgePixels && x < frame.Width - EdgePixels && y < frame.Height - EdgePixels))
                continue;
            expected++;
            missing += found.Contains(star) ? 0 : 1;
        }
        return expected == 0 ? 0 : (double)missing / expected;
    }

    private static FrameMap Similarity(PixelMap map) => FrameMap.Of(map, TransformModel.Similarity);

    private List<StarPair> PairsWithin(StarField frame, PixelMap map, double reach) => _pairing.Within(frame, Similarity(map), reach);

    private string Told(int agreeing, StarField frame, string why) => string.Create(
        CultureInfo.InvariantCulture,
        $"at best {agreeing} of its {frame.Stars.Count} stars fall on the reference's {reference.Stars.Count}: {why}");

    private static int CountInside(StarField from, Func<double, double, (double X, double Y)> map, StarField onto) =>
        from.Stars.Count(star => map(star.X, star.Y) is var (x, y) && x >= 0 && y >= 0 && x <= onto.Width - 1 && y <= onto.Height - 1);

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
