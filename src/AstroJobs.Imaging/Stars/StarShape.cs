namespace AstroJobs.Imaging.Stars;

/// <summary>
/// Centre, light and width of one star by adaptive Gaussian-weighted moments.
/// With weight w = exp(−r²/2s²) a Gaussian star of covariance C has the weighted covariance M = (C⁻¹ + s⁻²)⁻¹, so C = (M⁻¹ − s⁻²)⁻¹;
/// s follows √det C until it stands. The centre moves by the weighted offset divided by the share of the weight
/// (SExtractor's XWIN, Bertin 2006, where that share is ½ for s = σ). Noise counts where the star is, not in a wide box.
/// </summary>
internal readonly ref struct StarShape
{
    private const int MaxIterations = 24;
    private const double SmallestSigma = 0.5;
    private const int LargestRadius = 48;

    public double X { get; private init; }

    public double Y { get; private init; }

    public double Flux { get; private init; }

    /// <summary>Signal to noise of the weighted flux.</summary>
    public double SignalToNoise { get; private init; }

    /// <summary>Larger and smaller eigenvalue of the covariance, square pixels.</summary>
    public double Major { get; private init; }

    public double Minor { get; private init; }

    /// <param name="plane">Samples with the sky taken off.</param>
    /// <returns>False when nothing star-like converges near the peak.</returns>
    public static bool TryMeasure(ReadOnlySpan<float> plane, int width, int height, int peakX, int peakY, double noise, out StarShape shape)
    {
        shape = default;
        Span<double> weights = stackalloc double[(2 * LargestRadius) + 1];
        double x = peakX, y = peakY, sigma = 1.5;
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var sums = Weigh(plane, width, height, x, y, sigma, weights);
            if (!(sums.Flux > 0))
                return false;
            var (mx, my) = (sums.X / sums.Flux, sums.Y / sums.Flux);
            var (mxx, myy, mxy) = ((sums.XX / sums.Flux) - (mx * mx), (sums.YY / sums.Flux) - (my * my), (sums.XY / sums.Flux) - (mx * my));
            var covariance = Unweight(mxx, myy, mxy, sigma);
            var wanted = covariance.IsBounded ? Math.Sqrt(Math.Sqrt(Math.Max(covariance.Determinant, 0))) : sigma * 1.5;
            var next = Math.Clamp(Math.Clamp(wanted, sigma * 0.6, sigma * 1.6), SmallestSigma, LargestRadius / 4.0);
            var gain = 1 + (covariance.IsBounded ? Math.Clamp(wanted * wanted / (sigma * sigma), 0.3, 2) : 1);
            x += Math.Clamp(gain * mx, -1, 1);
            y += Math.Clamp(gain * my, -1, 1);
            if (Math.Abs(x - peakX) > 3 + (2 * sigma) || Math.Abs(y - peakY) > 3 + (2 * sigma))
                return false;
            var still = Math.Abs(gain * mx) < 0.002 && Math.Abs(gain * my) < 0.002 && Math.Abs(next - sigma) < 0.005 * sigma;
            if (still || iteration == MaxIterations - 1)
            {
                if (!covariance.IsBounded)
                    return false;
                shape = Describe(x, y, sums, covariance, sigma, noise);
                return true;
            }
            sigma = next;
        }
        return false;
    }

    private static StarShape Describe(double x, double y, Sums sums, Covariance c, double sigma, double noise)
    {
        var s2 = sigma * sigma;
        // ∫ star × weight = flux · s² / √det(C + s²)
        var flux = sums.Flux * Math.Sqrt(Math.Max(((c.XX + s2) * (c.YY + s2)) - (c.XY * c.XY), 0)) / s2;
        var (half, spread) = ((c.XX + c.YY) / 2, Math.Sqrt(Math.Pow((c.XX - c.YY) / 2, 2) + (c.XY * c.XY)));
        return new StarShape
        {
            X = x,
            Y = y,
            Flux = flux,
            SignalToNoise = noise > 0 ? sums.Flux / (noise * Math.Sqrt(sums.WeightSquared)) : double.PositiveInfinity,
            Major = half + spread,
            Minor = half - spread,
        };
    }

    /// <summary>C = (M⁻¹ − s⁻²)⁻¹.</summary>
    private static Covariance Unweight(double mxx, double myy, double mxy, double sigma)
    {
        var det = (mxx * myy) - (mxy * mxy);
        if (!(det > 1e-6) || !(mxx > 0))
            return new Covariance(Math.Max(mxx, 0), Math.Max(myy, 0), 0, true); // a point or a line: as thin as it looks
        var s = 1 / (sigma * sigma);
        var (ixx, iyy, ixy) = ((myy / det) - s, (mxx / det) - s, -mxy / det);
        var inverse = (ixx * iyy) - (ixy * ixy);
        return ixx > 0 && inverse > 1e-6 ? new Covariance(iyy / inverse, ixx / inverse, -ixy / inverse, true) : default;
    }

    private static Sums Weigh(ReadOnlySpan<float> plane, int width, int height, double x, double y, double sigma, Span<double> weights)
    {
        var radius = Math.Min(LargestRadius, (int)Math.Ceiling(4 * sigma));
        var (left, right) = (Math.Max(0, (int)Math.Round(x) - radius), Math.Min(width - 1, (int)Math.Round(x) + radius));
        var (top, bottom) = (Math.Max(0, (int)Math.Round(y) - radius), Math.Min(height - 1, (int)Math.Round(y) + radius));
        var k = -0.5 / (sigma * sigma);
        for (var column = left; column <= right; column++)
            weights[column - left] = Math.Exp(k * (column - x) * (column - x));
        var sums = default(Sums);
        for (var row = top; row <= bottom; row++)
        {
            var dy = row - y;
            var line = plane.Slice((row * width) + left, right - left + 1);
            double s0 = 0, s1 = 0, s2 = 0, squares = 0;
            for (var i = 0; i < line.Length; i++)
            {
                var (dx, w) = (left + i - x, weights[i]);
                var light = w * line[i];
                s0 += light;
                s1 += light * dx;
                s2 += light * dx * dx;
                squares += w * w;
            }
            var rowWeight = Math.Exp(k * dy * dy);
            sums.Flux += rowWeight * s0;
            sums.X += rowWeight * s1;
            sums.Y += rowWeight * s0 * dy;
            sums.XX += rowWeight * s2;
            sums.YY += rowWeight * s0 * dy * dy;
            sums.XY += rowWeight * s1 * dy;
            sums.WeightSquared += rowWeight * rowWeight * squares;
        }
        return sums;
    }

    private struct Sums
    {
        public double Flux;
        public double X;
        public double Y;
        public double XX;
        public double YY;
        public double XY;
        public double WeightSquared;
    }

    private readonly record struct Covariance(double XX, double YY, double XY, bool IsBounded)
    {
        public double Determinant => (XX * YY) - (XY * XY);
    }
}
