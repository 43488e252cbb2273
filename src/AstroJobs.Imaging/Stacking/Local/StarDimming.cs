using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Registering;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>
/// By how much of their light the stars of a frame are dimmed for each unit that its sky is brighter there than that of the others: a cloud takes light
/// away where it shines, the glow of a town or the Moon does not. Peak on the frame / peak on the reference = r·(1 − dimming · d), by least squares with outliers left out.
/// Peaks, because the edge of a cloud leaves some of its light under a star, and over all its pixels that is much beside its light.
/// </summary>
internal static class StarDimming
{
    /// <summary>Pixels from a star to its like on the reference.</summary>
    public const double PairReach = 2;

    private const int FewestPairs = 25;
    private const double LeastSignalToNoise = 20; // the faint ones are found only where noise makes them brighter
    private const int MostRounds = 10;
    private const double ClipSigmas = 3;
    private const double Certain = 4; // standard errors

    /// <param name="brighter">How much the sky is brighter at a place of the frame.</param>
    /// <returns>Per unit of brightness; 0 where no dimming is certain.</returns>
    public static double Of(RegisteredFrame frame, StarPairing reference, Func<double, double, double> brighter)
    {
        List<(double Brighter, double Ratio)> kept =
        [
            .. reference.Within(frame.Frame.Field, frame.ToReference, PairReach)
                .Where(pair => pair is { Source: { Saturated: false, Peak: > 0 }, Target: { Saturated: false, Peak: > 0 } } && pair.Target.SignalToNoise > LeastSignalToNoise)
                .Select(pair => (brighter(pair.Source.X, pair.Source.Y), pair.Source.Peak / pair.Target.Peak)),
        ];
        for (var round = 0; round < MostRounds && kept.Count >= FewestPairs; round++)
        {
            var (at, level) = (kept.Average(star => star.Brighter), kept.Average(star => star.Ratio));
            var spread = kept.Sum(star => (star.Brighter - at) * (star.Brighter - at));
            var slope = spread > 0 ? kept.Sum(star => (star.Brighter - at) * (star.Ratio - level)) / spread : 0;
            double[] off = [.. kept.Select(star => Math.Abs(star.Ratio - level - (slope * (star.Brighter - at))))];
            var sigma = Mad.ToSigma * MapFit.Median(off);
            var left = kept.Where((_, i) => off[i] <= ClipSigmas * sigma).ToList();
            if (left.Count == kept.Count || sigma == 0)
            {
                var clear = level - (slope * at);
                return clear > 0 && spread > 0 && -slope > Certain * sigma / Math.Sqrt(spread) ? -slope / clear : 0;
            }
            kept = left;
        }
        return 0;
    }
}
