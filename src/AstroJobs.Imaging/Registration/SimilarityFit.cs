using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Shift, rotation and scale by least squares in closed form, on complex numbers: z' = a z + b with
/// a = Σ w·conj(z − z̄)(z' − z̄') / Σ w·|z − z̄|² and b = z̄' − a z̄; a mirrored map takes conj(z) for z.
/// </summary>
internal static class SimilarityFit
{
    private const int Rounds = 12;
    private const double Huber = 1.345; // 95 % of least squares' efficiency on Gaussian errors (Huber 1981)

    /// <summary>The map of the pairs, each with its weight.</summary>
    /// <returns>Null when the source stars all lie on one point.</returns>
    public static PixelMap? Fit(ReadOnlySpan<StarPair> pairs, ReadOnlySpan<double> weights, bool mirrored)
    {
        double sum = 0, x = 0, y = 0, u = 0, v = 0;
        var sign = mirrored ? -1 : 1;
        for (var i = 0; i < pairs.Length; i++)
        {
            var w = weights[i];
            sum += w;
            x += w * pairs[i].Source.X;
            y += w * sign * pairs[i].Source.Y;
            u += w * pairs[i].Target.X;
            v += w * pairs[i].Target.Y;
        }
        (x, y, u, v) = (x / sum, y / sum, u / sum, v / sum);
        double real = 0, imaginary = 0, spread = 0;
        for (var i = 0; i < pairs.Length; i++)
        {
            var w = weights[i];
            var (dx, dy) = (pairs[i].Source.X - x, (sign * pairs[i].Source.Y) - y);
            var (du, dv) = (pairs[i].Target.X - u, pairs[i].Target.Y - v);
            real += w * ((dx * du) + (dy * dv));
            imaginary += w * ((dx * dv) - (dy * du));
            spread += w * ((dx * dx) + (dy * dy));
        }
        if (!(spread > 0))
            return null;
        var (p, q) = (real / spread, imaginary / spread);
        return PixelMap.Similarity(p, q, u - (p * x) + (q * y), v - (q * x) - (p * y), mirrored);
    }

    /// <summary>Each pair counts by how well its place is known; iteratively, one that fits badly counts less (Huber's weights, scale from the median residual).</summary>
    public static PixelMap? FitRobustly(List<StarPair> pairs, bool mirrored)
    {
        var span = CollectionsMarshal.AsSpan(pairs);
        var trust = pairs.Select(pair => pair.Weight).ToArray();
        var weights = trust.ToArray();
        var map = Fit(span, weights, mirrored);
        for (var round = 0; round < Rounds && map is { } current; round++)
        {
            // In units of the error that is to be expected.
            var residuals = pairs.Select(pair => Residual(current, pair) * Math.Sqrt(pair.Weight)).ToArray();
            // The length of a 2-D Gaussian error has its median at 1.1774 sigma.
            var sigma = Math.Max(residuals.Order().ElementAt(residuals.Length / 2) / 1.1774, 1e-6);
            for (var i = 0; i < weights.Length; i++)
                weights[i] = trust[i] * (residuals[i] <= Huber * sigma ? 1 : Huber * sigma / residuals[i]);
            map = Fit(span, weights, mirrored);
        }
        return map;
    }

    /// <summary>How far the mapped source star lies from its target, pixels.</summary>
    public static double Residual(PixelMap map, StarPair pair)
    {
        var (x, y) = map.Map(pair.Source.X, pair.Source.Y);
        return Math.Sqrt(Squared(x - pair.Target.X) + Squared(y - pair.Target.Y));
    }

    private static double Squared(double value) => value * value;
}
