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
        var pairs = new List<StarPair>(frame.Stars.Count);
        var places = new int[reference.Stars.Count]; // of each target's pair, counted from 1
        foreach (var star in frame.Stars)
        {
            var (x, y) = map.ToReference(star.X, star.Y);
            var nearest = Nearest(x, y, reach);
            if (nearest < 0)
                continue;
            var pair = new StarPair(star, reference.Stars[nearest]);
            if (places[nearest] == 0)
            {
                pairs.Add(pair);
                places[nearest] = pairs.Count;
            }
            else if (MapFit.Residual(map, pair) < MapFit.Residual(map, pairs[places[nearest] - 1]))
            {
                pairs[places[nearest] - 1] = pair;
            }
        }
        return pairs;
    }
}
