using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Shift, rotation and scale by least squares in closed form, on complex numbers: z' = a z + b with
/// a = Σ w·conj(z − z̄)(z' − z̄') / Σ w·|z − z̄|² and b = z̄' − a z̄; a mirrored map takes conj(z) for z.
/// </summary>
internal static class SimilarityFit
{
    private const int Rounds = 12;

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

    /// <summary>The closest map by <see cref="HuberWeights"/>.</summary>
    public static PixelMap? FitRobustly(List<StarPair> pairs, bool mirrored)
    {
        var span = CollectionsMarshal.AsSpan(pairs);
        var weights = new HuberWeights(span);
        var map = Fit(span, weights.Values, mirrored);
        for (var round = 0; round < Rounds && map is { } current; round++)
        {
            for (var i = 0; i < span.Length; i++)
                weights.Distances[i] = Residual(current, in span[i]);
            if (!weights.Update())
                break;
            map = Fit(span, weights.Values, mirrored);
        }
        return map;
    }

    /// <summary>How far the mapped source star lies from its target, pixels.</summary>
    public static double Residual(PixelMap map, in StarPair pair)
    {
        var (x, y) = map.Map(pair.Source.X, pair.Source.Y);
        return Math.Sqrt(Squared(x - pair.Target.X) + Squared(y - pair.Target.Y));
    }

    private static double Squared(double value) => value * value;
}
