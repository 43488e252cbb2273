using System.Numerics;
using System.Runtime.CompilerServices;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>
/// The generalised extreme studentised deviate test (Rosner 1983, Technometrics 25, 165; NIST handbook 1.3.5.17.3): the sample furthest from the
/// mean is taken away again and again; R = |x − mean|/s before each step; outliers are all up to the last step whose R exceeds its λ.
/// Of sorted samples the furthest is at an end, and running sums give mean and s.
/// </summary>
/// <param name="limits">Low is the largest part of outliers, high the significance.</param>
internal sealed class GesdRule(RejectionLimits limits, float smallestSigma, int samples) : WideRule(samples)
{
    private readonly double[] _critical = [.. Enumerable.Range(0, samples + 1).Select(count => Critical(count, limits.High))];

    public override KeptRange Find(ReadOnlySpan<float> sorted)
    {
        var (first, end) = (0, sorted.Length);
        var kept = new KeptRange(first, end);
        var most = Math.Min((int)(limits.Low * sorted.Length), sorted.Length - LeastKept);
        if (most < 1)
            return kept;
        double pivot = sorted[sorted.Length / 2]; // sums around it lose no digits
        double sum = 0, squares = 0;
        foreach (var value in sorted)
        {
            sum += value - pivot;
            squares += (value - pivot) * (value - pivot);
        }
        for (var step = 0; step < most; step++)
        {
            var count = end - first;
            var mean = sum / count;
            var sigma = Math.Max(Math.Sqrt(Math.Max(0, (squares - (sum * mean)) / (count - 1))), smallestSigma);
            var (below, above) = (mean - (sorted[first] - pivot), sorted[end - 1] - pivot - mean);
            var furthest = (below > above ? sorted[first++] : sorted[--end]) - pivot;
            (sum, squares) = (sum - furthest, squares - (furthest * furthest));
            if (Math.Max(below, above) > _critical[count] * sigma)
                kept = new KeptRange(first, end);
        }
        return WithEquals(sorted, kept);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override (Vector<long> First, Vector<long> End) Find(Span<Vector<double>> values, Vector<long> known)
    {
        var count = Vector.ConvertToDouble(known);
        var most = Vector.Min(Vector.ConvertToInt64(count * limits.Low), known - new Vector<long>(LeastKept));
        var (sum, squares) = AroundMiddle(values, known);
        var (first, end, keptFirst, keptEnd) = (Vector<long>.Zero, known, Vector<long>.Zero, known);
        var isOneCount = Vector.EqualsAll(known, new Vector<long>(known[0]));
        for (var step = 0; Vector.GreaterThanAny(most, new Vector<long>(step)); step++)
        {
            var isTested = Vector.GreaterThan(most, new Vector<long>(step));
            var mean = sum / count;
            var sigma = Vector.SquareRoot(Vector.Max((squares - (sum * mean)) / (count - Vector<double>.One), Vector<double>.Zero));
            sigma = Vector.Max(sigma, new Vector<double>(smallestSigma));
            var (lowest, highest) = (WideLanes.At(values, first), WideLanes.At(values, end - Vector<long>.One));
            var (below, above) = (mean - lowest, highest - mean);
            var isBelow = Vector.GreaterThan(below, above);
            var furthest = Vector.ConditionalSelect(isBelow, lowest, highest);
            (sum, squares) = (sum - furthest, squares - (furthest * furthest));
            (first, end) = (first - (isTested & isBelow), end + Vector.AndNot(isTested, isBelow)); // true is −1
            var critical = isOneCount ? new Vector<double>(_critical[known[0] - step]) : WideLanes.Gather(_critical, Vector.Max(known - new Vector<long>(step), Vector<long>.Zero));
            var isOutlier = isTested & Vector.GreaterThan(Vector.Max(below, above), critical * sigma);
            (keptFirst, keptEnd) = (Vector.ConditionalSelect(isOutlier, first, keptFirst), Vector.ConditionalSelect(isOutlier, end, keptEnd));
            count -= Vector<double>.One;
        }
        return (keptFirst, keptEnd);
    }

    /// <summary>Counts the samples from the middle one of their lane, and sums them and their squares so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (Vector<double> Sum, Vector<double> Squares) AroundMiddle(Span<Vector<double>> values, Vector<long> known)
    {
        var pivot = WideLanes.At(values, Vector.ShiftRightArithmetic(known, 1));
        var (sum, squares) = (Vector<double>.Zero, Vector<double>.Zero);
        for (var rank = 0; rank < values.Length; rank++)
        {
            values[rank] -= pivot;
            var value = Vector.ConditionalSelect(Vector.GreaterThan(known, new Vector<long>(rank)), values[rank], Vector<double>.Zero);
            (sum, squares) = (sum + value, squares + (value * value));
        }
        return (sum, squares);
    }

    /// <summary>λ for the step at which so many samples are left: (n − 1)·t / √((n − 2 + t²)·n), t two-sided at α/n with n − 2 degrees of freedom.</summary>
    internal static double Critical(int count, double significance)
    {
        if (count < LeastKept)
            return double.PositiveInfinity;
        var t = StudentT.TwoSidedQuantile(1 - (significance / count), count - 2);
        return (count - 1) * t / Math.Sqrt((count - 2 + (t * t)) * count);
    }
}
