using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Registration;

/// <summary>A map with the stars that agree with it.</summary>
/// <param name="RmsPixels">Root mean square distance of those stars on the reference, each weighted by how well its place is known.</param>
internal sealed record RefinedMap(FrameMap Map, List<StarPair> Pairs, double RmsPixels)
{
    public static RefinedMap Of(FrameMap map, List<StarPair> pairs)
    {
        double sum = 0, total = 0;
        foreach (ref readonly var pair in CollectionsMarshal.AsSpan(pairs))
        {
            var (weight, residual) = (pair.Weight, MapFit.Residual(map, in pair));
            (sum, total) = (sum + (weight * residual * residual), total + weight);
        }
        return new RefinedMap(map, pairs, total > 0 ? Math.Sqrt(sum / total) : 0);
    }
}
