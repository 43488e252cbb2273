using System.Globalization;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Finds how frames lie on one reference frame from their star lists. Triangles of the same shape propose a similarity each; the stars
/// of the whole frame then vote on it; the winner is refitted on all stars that agree and must be beyond chance.
/// </summary>
public sealed class StarMatcher
{
    private const double ShapeTolerance = 0.012;
    private const double LargestScaleChange = 1.15;
    private const double VertexTolerance = 1.5; // pixels
    private const double VoteReach = 4; // a small triangle's turn is off by some pixels at the far side of the frame
    private const int Voters = 80;
    private const int Finalists = 12;
    private const int MostJudged = 3;

    private readonly StarField _reference;
    private readonly StarTriangles _triangles;
    private readonly MatchJudge _judge;

    /// <param name="model">What a frame may differ by.</param>
    public StarMatcher(StarField reference, TransformModel model = TransformModel.Auto)
    {
        _reference = reference;
        _triangles = StarTriangles.Of(reference.Stars);
        _judge = new MatchJudge(reference, model);
    }

    /// <summary>Safe to call from several threads.</summary>
    public StarMatch Match(StarField frame)
    {
        if (frame.Stars.Count < MatchJudge.FewestInliers || _reference.Stars.Count < MatchJudge.FewestInliers)
            return StarMatch.None(string.Create(
                CultureInfo.InvariantCulture,
                $"only {Math.Min(frame.Stars.Count, _reference.Stars.Count)} stars found on the {(frame.Stars.Count < MatchJudge.FewestInliers ? "frame" : "reference")}, {MatchJudge.FewestInliers} are needed"));
        var proposals = 0;
        var finalists = new PriorityQueue<PixelMap, int>();
        foreach (var map in Propose(frame))
        {
            proposals++;
            var votes = Vote(frame, map);
            if (finalists.Count < Finalists)
                finalists.Enqueue(map, votes);
            else
                finalists.EnqueueDequeue(map, votes);
            // Two voters in three at one stroke: nothing else can be meant, and the judge still looks at it.
            if (votes >= 20 && votes * 3 >= Math.Min(Voters, frame.Stars.Count) * 2)
                break;
        }
        var heard = new List<(RefinedMap? Similarity, StarMatch Verdict)>();
        while (finalists.TryDequeue(out var map, out _))
            heard.Add(_judge.Hear(frame, map, proposals));
        return JudgeBest(frame, heard)
            ?? StarMatch.None(string.Create(CultureInfo.InvariantCulture, $"no pattern of its {frame.Stars.Count} stars is like one of the reference's {_reference.Stars.Count}"));
    }

    /// <summary>The same for a frame of which it is about known how it lies.</summary>
    public StarMatch MatchNear(StarField frame, PixelMap guess) => JudgeBest(frame, [_judge.Hear(frame, guess, proposals: 1)])!;

    private StarMatch? JudgeBest(StarField frame, List<(RefinedMap? Similarity, StarMatch Verdict)> heard)
    {
        StarMatch? first = null;
        foreach (var (similarity, _) in heard.Where(one => one.Similarity is not null).OrderByDescending(one => one.Similarity!.Pairs.Count).Take(MostJudged))
        {
            var verdict = _judge.Judge(frame, similarity!);
            if (verdict.ToReference is not null)
                return verdict;
            first ??= verdict;
        }
        return first ?? (heard.Count == 0 ? null : heard[^1].Verdict);
    }

    private IEnumerable<PixelMap> Propose(StarField frame)
    {
        var known = _triangles.Sorted;
        var next = 0;
        foreach (var triangle in StarTriangles.Of(frame.Stars).Sorted)
        {
            while (next < known.Count && known[next].Middle < triangle.Middle - ShapeTolerance)
                next++;
            for (var i = next; i < known.Count && known[i].Middle <= triangle.Middle + ShapeTolerance; i++)
            {
                var scale = known[i].Longest / triangle.Longest;
                if (Math.Abs(known[i].Shortest - triangle.Shortest) <= ShapeTolerance
                    && scale is <= LargestScaleChange and >= 1 / LargestScaleChange
                    && FromTriangles(frame, triangle, known[i]) is { } map)
                    yield return map;
            }
        }
    }

    private PixelMap? FromTriangles(StarField frame, StarTriangles.Triangle from, StarTriangles.Triangle to)
    {
        Span<StarPair> pairs =
        [
            new(frame.Stars[from.First], _reference.Stars[to.First]),
            new(frame.Stars[from.Second], _reference.Stars[to.Second]),
            new(frame.Stars[from.Third], _reference.Stars[to.Third]),
        ];
        if (SimilarityFit.Fit(pairs, [1, 1, 1], mirrored: from.Clockwise != to.Clockwise) is not { } map)
            return null;
        foreach (var pair in pairs)
        {
            if (SimilarityFit.Residual(map, pair) > VertexTolerance)
                return null;
        }
        return map;
    }

    private int Vote(StarField frame, PixelMap map)
    {
        var votes = 0;
        for (var i = 0; i < Math.Min(Voters, frame.Stars.Count); i++)
        {
            var (x, y) = map.Map(frame.Stars[i].X, frame.Stars[i].Y);
            if (_judge.Nearest(x, y, VoteReach) >= 0)
                votes++;
        }
        return votes;
    }
}
