using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
    internal const int LargestRadius = 48;
    private const double LargestSigma = LargestRadius / 4.0;

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
        var weights = new StarWeights(stackalloc float[StarWeights.Room]);
        double x = peakX, y = peakY, sigma = 1.5;
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var sums = Weigh(plane, width, height, x, y, sigma, weights);
            if (!(sums.Flux > 0))
                return false;
            var (mx, my) = (sums.X / sums.Flux, sums.Y / sums.Flux);
            var (mxx, myy, mxy) = ((sums.XX / sums.Flux) - (mx * mx), (sums.YY / sums.Flux) - (my * my), (sums.XY / sums.Flux) - (mx * my));
            var covariance = Unweight(mxx, myy, mxy, sigma);
            if (!covariance.IsBounded && sigma >= LargestSigma)
                return false; // wider than any star
            var wanted = covariance.IsBounded ? Math.Sqrt(Math.Sqrt(Math.Max(covariance.Determinant, 0))) : sigma * 1.5;
            var next = Math.Clamp(Math.Clamp(wanted, sigma * 0.6, sigma * 1.6), SmallestSigma, LargestSigma);
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

    internal static Sums Weigh(ReadOnlySpan<float> plane, int width, int height, double x, double y, double sigma, in StarWeights weights)
    {
        var radius = Math.Min(LargestRadius, (int)Math.Ceiling(4 * sigma));
        var (left, right) = (Math.Max(0, (int)Math.Round(x) - radius), Math.Min(width - 1, (int)Math.Round(x) + radius));
        var (top, bottom) = (Math.Max(0, (int)Math.Round(y) - radius), Math.Min(height - 1, (int)Math.Round(y) + radius));
        var padded = (right - left + Vector<float>.Count) / Vector<float>.Count * Vector<float>.Count;
        var start = Math.Min(left, width - padded); // so that whole vectors end within the row
        if (start < 0)
            return WeighScalar(plane, width, x, y, sigma, left, right, top, bottom);
        var squares = weights.Columns.Fill(x, sigma, start, left, right, padded) * weights.Rows.Fill(y, sigma, top, top, bottom, bottom - top + 1);
        return Sum(plane[((top * width) + start)..], width, bottom - top + 1, padded, weights) with { WeightSquared = squares };
    }

    /// <summary>
    /// Lanes are columns. Over the rows t₀ = Σ w·I, t₁ = Σ w·dy·I, t₂ = Σ w·dy²·I are gathered, then weighted by each column's own
    /// w, w·dx and w·dx² into the six sums.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Sums Sum(ReadOnlySpan<float> plane, int width, int rows, int columns, in StarWeights weights)
    {
        var (flux, sx, sy) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var (sxx, syy, sxy) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        ref var corner = ref MemoryMarshal.GetReference(plane[..(((rows - 1) * width) + columns)]);
        ref var firstRow = ref MemoryMarshal.GetReference(weights.Rows.Terms);
        for (var column = 0; column < columns; column += Vector<float>.Count)
        {
            var (t0, t1, t2) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            for (nint row = 0; row < rows; row++)
            {
                var light = Vector.LoadUnsafe(ref Unsafe.Add(ref corner, (row * width) + column));
                ref var weight = ref Unsafe.Add(ref firstRow, row * StarWeights.Axis.PerPixel);
                t0 = Vector.MultiplyAddEstimate(light, new Vector<float>(weight), t0);
                t1 = Vector.MultiplyAddEstimate(light, new Vector<float>(Unsafe.Add(ref weight, 1)), t1);
                t2 = Vector.MultiplyAddEstimate(light, new Vector<float>(Unsafe.Add(ref weight, 2)), t2);
            }
            var (w0, w1, w2) = weights.Columns.Lanes(column);
            flux = Vector.MultiplyAddEstimate(t0, w0, flux);
            sx = Vector.MultiplyAddEstimate(t0, w1, sx);
            sxx = Vector.MultiplyAddEstimate(t0, w2, sxx);
            sy = Vector.MultiplyAddEstimate(t1, w0, sy);
            sxy = Vector.MultiplyAddEstimate(t1, w1, sxy);
            syy = Vector.MultiplyAddEstimate(t2, w0, syy);
        }
        return new Sums
        {
            Flux = Vector.Sum(flux),
            X = Vector.Sum(sx),
            Y = Vector.Sum(sy),
            XX = Vector.Sum(sxx),
            YY = Vector.Sum(syy),
            XY = Vector.Sum(sxy),
        };
    }

    /// <summary>The scalar twin, in double.</summary>
    internal static Sums WeighScalar(ReadOnlySpan<float> plane, int width, double x, double y, double sigma, int left, int right, int top, int bottom)
    {
        var k = -0.5 / (sigma * sigma);
        var sums = default(Sums);
        for (var row = top; row <= bottom; row++)
        {
            for (var column = left; column <= right; column++)
            {
                var (dx, dy) = (column - x, row - y);
                var w = Math.Exp(k * ((dx * dx) + (dy * dy)));
                var light = w * plane[(row * width) + column];
                sums.Flux += light;
                sums.X += light * dx;
                sums.Y += light * dy;
                sums.XX += light * dx * dx;
                sums.YY += light * dy * dy;
                sums.XY += light * dx * dy;
                sums.WeightSquared += w * w;
            }
        }
        return sums;
    }

    internal struct Sums
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
