namespace AstroJobs.Imaging.Registration;

/// <summary>How one frame lies on the reference, or why that is not known.</summary>
/// <param name="ToReference">Frame pixels to reference pixels; null when no match was safe.</param>
/// <param name="Inliers">Stars that agree with the map.</param>
/// <param name="RmsPixels">Root mean square distance of those stars on the reference, each weighted by how well its place is known.</param>
/// <param name="Reason">Why there is no map, in words and figures; null when there is one.</param>
public sealed record StarMatch(PixelMap? ToReference, int Inliers, double RmsPixels, string? Reason)
{
    internal static StarMatch None(string reason) => new(null, 0, 0, reason);
}
