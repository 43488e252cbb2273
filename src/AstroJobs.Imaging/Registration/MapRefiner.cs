using System.Runtime.InteropServices;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Registration;

/// <summary>
/// From a similarity that holds somewhere to the model that holds everywhere. The reach of a first fit grows with each richer model, since
/// where a lens bends, only stars close to each other agree on a similarity. Then, on all stars that agree, the models are compared: a richer
/// one must pay for its numbers (Bayesian information criterion on residuals of Huber's loss) and stay tame where there are no stars.
/// </summary>
internal sealed class MapRefiner(StarPairing pairing, TransformModel wanted)
{
    public const double FirstReach = 4; // pixels
    public const double LastReach = 1.5;

    private const int StepsPerModel = 3;
    private const double Evidence = 10; // "very strong" on the scale of Kass and Raftery (1995)
    private const double LeastVariance = 0.01; // of the expected one: no credit for less
    private const double Tame = 3; // how many times what it does to the stars a bend may do to the frame's edge

    /// <param name="similarity">Proposed.</param>
    /// <param name="pairs">The stars that agree with it.</param>
    /// <returns>Null when the model asked for cannot be fitted.</returns>
    public RefinedMap? Refine(StarField frame, PixelMap similarity, List<StarPair> pairs)
    {
        var fit = new MapFit(frame.Width, frame.Height);
        var grown = Grow(fit, frame, new RefinedMap(FrameMap.Of(similarity, TransformModel.Similarity), pairs, double.MaxValue), similarity.IsMirrored);
        if (Choose(fit, frame, grown.Pairs, similarity.IsMirrored) is not { } chosen)
            return null;
        var reach = Math.Clamp(4 * chosen.Refined.RmsPixels, LastReach, FirstReach);
        var last = pairing.Within(frame, chosen.Refined.Map, reach);
        return fit.FitRobustly(chosen.Shape, last, similarity.IsMirrored) is { } map
            ? RefinedMap.Of(map, pairing.Within(frame, map, reach))
            : chosen.Refined;
    }

    private RefinedMap Grow(MapFit fit, StarField frame, RefinedMap best, bool mirrored)
    {
        foreach (var shape in MapShape.Ladder(wanted))
        {
            var improved = false;
            for (var step = 0; step < StepsPerModel && fit.FitRobustly(shape, best.Pairs, mirrored) is { } map; step++)
            {
                var next = RefinedMap.Of(map, pairing.Within(frame, map, FirstReach));
                var isBetter = next.Pairs.Count > best.Pairs.Count * 1.02 || (next.Pairs.Count >= best.Pairs.Count * 0.99 && next.RmsPixels < best.RmsPixels * 0.9);
                if (!isBetter)
                    break;
                (best, improved) = (next, true);
            }
            if (!improved && shape.Order > 2)
                break;
        }
        return best;
    }

    private Candidate? Choose(MapFit fit, StarField frame, List<StarPair> pairs, bool mirrored)
    {
        var candidates = new List<Candidate>();
        foreach (var shape in MapShape.Choices(wanted))
        {
            if (fit.FitRobustly(shape, pairs, mirrored) is { } map && (map.Bend is null || IsTame(map, frame, pairs)))
                candidates.Add(new Candidate(RefinedMap.Of(map, pairs), shape));
            // Of two orders one is odd and one even: when neither helped, no higher one will.
            if (shape.Order > 2 && candidates.Count > 0 && BestOf(candidates).Shape.Order < shape.Order - 1)
                break;
        }
        return candidates.Count == 0 ? null : BestOf(candidates);
    }

    private static Candidate BestOf(List<Candidate> candidates)
    {
        var scale = candidates.Min(candidate => MapFit.Median(candidate.Residuals));
        var best = candidates[0];
        var least = Criterion(best, scale);
        foreach (var candidate in candidates.Skip(1))
        {
            if (Criterion(candidate, scale) is var criterion && criterion < least - Evidence)
                (best, least) = (candidate, criterion);
        }
        return best;
    }

    /// <summary>2n·ln(S/2n) + k·ln(2n): S of Huber's loss, so that false pairs do not ask for a richer model.</summary>
    private static double Criterion(Candidate candidate, double scale)
    {
        var observations = 2.0 * candidate.Residuals.Length;
        var limit = 2 * Math.Max(scale, Math.Sqrt(LeastVariance));
        var sum = 0.0;
        foreach (var residual in candidate.Residuals)
            sum += residual <= limit ? residual * residual : limit * ((2 * residual) - limit);
        return (observations * Math.Log((sum / observations) + LeastVariance)) + (candidate.Shape.Parameters * Math.Log(observations));
    }

    /// <summary>A polynomial may run away where no star holds it: what it does at the edge is compared with what it does to the stars.</summary>
    private static bool IsTame(FrameMap map, StarField frame, List<StarPair> pairs)
    {
        var most = 0.0;
        foreach (var pair in pairs)
            most = Math.Max(most, Bent(pair.Source.X, pair.Source.Y));
        for (var i = 0; i < 9; i++)
        {
            var (x, y) = (i % 3 * (frame.Width - 1) / 2.0, i / 3 * (frame.Height - 1) / 2.0);
            if (Bent(x, y) > 1 + (Tame * most))
                return false;
            var (sx, sy) = map.Bend!.Straighten(x, y);
            if (double.IsNaN(map.Bend.BendBack(sx, sy, sx, sy).X))
                return false;
        }
        return true;

        double Bent(double x, double y)
        {
            var (sx, sy) = map.Bend!.Straighten(x, y);
            return Math.Abs(sx - x) + Math.Abs(sy - y);
        }
    }
    private sealed class Candidate(RefinedMap refined, MapShape shape)
    {
        public RefinedMap Refined { get; } = refined;

        public MapShape Shape { get; } = shape;

        /// <summary>Of each pair, in units of the error that is to be expected.</summary>
        public double[] Residuals { get; } = Measure(refined);

        private static double[] Measure(RefinedMap refined)
        {
            var pairs = CollectionsMarshal.AsSpan(refined.Pairs);
            var residuals = new double[pairs.Length];
            for (var i = 0; i < residuals.Length; i++)
                residuals[i] = MapFit.Residual(refined.Map, in pairs[i]) * Math.Sqrt(pairs[i].Weight);
            return residuals;
        }
    }
}
