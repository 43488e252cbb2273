namespace AstroJobs.Imaging.Registration;

/// <summary>How one frame lies on the reference, or why that is not known.</summary>
/// <param name="ToReference">Null when no match was safe.</param>
/// <param name="Inliers">Stars that agree with the map.</param>
/// <param name="RmsPixels">Root mean square distance of those stars on the reference, each weighted by how well its place is known.</param>
/// <param name="Reason">Why there is no map, in words and figures; null when there is one.</param>
public sealed record StarMatch(FrameMap? ToReference, int Inliers, double RmsPixels, string? Reason)
{
    /// <summary>The median of how much brighter the frame shows a star than the reference does; 1 where that is not known.</summary>
    public double FluxRatio { get; init; } = 1;

    /// <summary>Part of the reference's hundred brightest stars that should be on the frame and were not found, 0 … 1.</summary>
    public double MissingStars { get; init; }

    /// <summary>Name of the frame over which it lies on the reference; null where it lies on it by stars of its own.</summary>
    public string? Through { get; init; }

    internal static StarMatch None(string reason) => new(null, 0, 0, reason);

    internal static StarMatch Of(RefinedMap refined) => new(refined.Map, refined.Pairs.Count, refined.RmsPixels, null) { FluxRatio = FluxRatioOf(refined.Pairs) };

    private static double FluxRatioOf(List<StarPair> pairs)
    {
        double[] ratios = [.. pairs.Where(pair => !pair.Source.Saturated && !pair.Target.Saturated && pair.Source.Flux > 0 && pair.Target.Flux > 0)
            .OrderByDescending(pair => pair.Target.Flux).Take(MostFluxes).Select(pair => pair.Source.Flux / pair.Target.Flux)];
        return ratios.Length == 0 ? 1 : MapFit.Median(ratios);
    }

    private const int MostFluxes = 100; // the faint ones are seen only where noise makes them brighter
}
