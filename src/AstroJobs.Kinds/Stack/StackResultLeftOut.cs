using AstroJobs.Imaging.Stacking;

namespace AstroJobs.Kinds.Stack;

/// <summary>One frame in result.json that has no part in the picture.</summary>
/// <param name="Reason">In words and figures.</param>
/// <param name="Stars">This and what follows: what was measured before it was left out; null where it could not be.</param>
public sealed record StackResultLeftOut(
    string Path,
    string Reason,
    int? Stars,
    double? Fwhm,
    double? Roundness,
    double? Background,
    double? Noise,
    double? Snr,
    double? Transparency,
    double? MissingStars)
{
    internal static StackResultLeftOut Of(LeftOutFrame frame) => new(
        frame.Path,
        frame.Reason,
        frame.Quality?.Stars,
        Rounded(frame.Quality?.Fwhm, 3),
        Rounded(frame.Quality?.Roundness, 3),
        Rounded(frame.Quality?.Background, 7),
        Rounded(frame.Quality?.Noise, 7),
        Rounded(frame.Quality?.SignalToNoise, 2),
        Rounded(frame.Quality?.Transparency, 4),
        Rounded(frame.Quality?.MissingStars, 4));

    private static double? Rounded(double? value, int digits) => value is { } known ? Math.Round(known, digits) : null;
}
