using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Registration;

/// <summary>Finds for the stars of a frame those of the reference, where a map says how the frame lies on it.</summary>
/// <param name="longestReach">Pixels.</param>
internal sealed class StarPairing(StarField reference, double longestReach)
{
    private readonly StarGrid? _grid = reference.Stars.Count == 0 ? null : new StarGrid(reference.Stars, longestReach);

    /// <summary>Index of the reference's star nearest to a place on it, or −1.</summary>
    public int Nearest(double x, double y, double reach) => _grid?.Nearest(x, y, reach) ?? -1;

    /// <summary>Each star with its nearest on the reference; of two stars on one target the nearer.</summary>
    public List<StarPair> Within(StarField frame, FrameMap map, double reach)
    {
        var best = new Dictionary<int, StarPair>();
        foreach (var star in frame.Stars)
        {
            var (x, y) = map.ToReference(star.X, star.Y);
            var nearest = Nearest(x, y, reach);
            if (nearest < 0)
                continue;
            var pair = new StarPair(star, reference.Stars[nearest]);
            if (!best.TryGetValue(nearest, out var other) || MapFit.Residual(map, pair) < MapFit.Residual(map, other))
                best[nearest] = pair;
        }
        return [.. best.Values];
    }
}
