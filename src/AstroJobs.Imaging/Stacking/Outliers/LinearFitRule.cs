using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>
/// A straight line y = a + b·i is fitted to the sorted samples; s = mean |y − fit|; samples go from either end inwards while they are further
/// than κ·s from the line; again until nothing goes (PixInsight's linear fit clipping).
/// </summary>
internal sealed class LinearFitRule(RejectionLimits limits, float smallestSigma, int samples) : WideRule(samples)
{
    public override KeptRange Find(ReadOnlySpan<float> sorted)
    {
        var (first, end) = (0, sorted.Length);
        while (end - first > LeastKept)
        {
            var kept = sorted[first..end];
            var (level, slope) = Fit(kept);
            var scatter = Math.Max(MeanDistance(kept, level, slope), smallestSigma);
            var (low, high) = (0, kept.Length);
            while (low < high && IsBeyond(kept[low] - level - (slope * low), scatter))
                low++;
            while (high > low && IsBeyond(kept[high - 1] - level - (slope * (high - 1)), scatter))
                high--;
            if (high - low < LeastKept || high - low == kept.Length)
                break;
            (first, end) = (first + low, first + high);
        }
        return WithEquals(sorted, new KeptRange(first, end));
    }

    /// <summary>A lane that has come to rest keeps its range while others go on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override (Vector<long> First, Vector<long> End) Find(Span<Vector<double>> values, Vector<long> known)
    {
        var (first, end, least) = (Vector<long>.Zero, known, new Vector<long>(LeastKept));
        var isActive = Vector.GreaterThan(known, least);
        while (Vector.LessThanAny(isActive, Vector<long>.Zero))
        {
            var line = Fit(values, first, end);
            var scatter = Vector.Max(MeanDistance(values, first, end, line), new Vector<double>(smallestSigma));
            var (nextFirst, nextEnd) = Clip(values, first, end, line, scatter);
            var left = nextEnd - nextFirst;
            isActive &= Vector.GreaterThanOrEqual(left, least) & Vector.LessThan(left, end - first);
            (first, end) = (Vector.ConditionalSelect(isActive, nextFirst, first), Vector.ConditionalSelect(isActive, nextEnd, end));
            isActive &= Vector.GreaterThan(left, least);
        }
        return (first, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (Vector<double> Level, Vector<double> Slope) Fit(ReadOnlySpan<Vector<double>> values, Vector<long> first, Vector<long> end)
    {
        var count = Vector.ConvertToDouble(end - first);
        var middle = (count - Vector<double>.One) / 2;
        var x = -Vector.ConvertToDouble(first);
        var (sum, moment, spread) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        for (var rank = 0; rank < values.Length; rank++, x += Vector<double>.One)
        {
            var isKept = IsKept(rank, first, end);
            var value = Vector.ConditionalSelect(isKept, values[rank], Vector<double>.Zero);
            var place = Vector.ConditionalSelect(isKept, x - middle, Vector<double>.Zero);
            (sum, moment, spread) = (sum + value, moment + (place * value), spread + (place * place));
        }
        var slope = moment / spread;
        return ((sum / count) - (slope * middle), slope);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector<double> MeanDistance(ReadOnlySpan<Vector<double>> values, Vector<long> first, Vector<long> end, (Vector<double> Level, Vector<double> Slope) line)
    {
        var (sum, x) = (Vector<double>.Zero, -Vector.ConvertToDouble(first));
        for (var rank = 0; rank < values.Length; rank++, x += Vector<double>.One)
            sum += Vector.ConditionalSelect(IsKept(rank, first, end), Vector.Abs(values[rank] - line.Level - (line.Slope * x)), Vector<double>.Zero);
        return sum / Vector.ConvertToDouble(end - first);
    }

    /// <summary>From either end inwards, till a sample lies near enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (Vector<long> First, Vector<long> End) Clip(
        ReadOnlySpan<Vector<double>> values, Vector<long> first, Vector<long> end, (Vector<double> Level, Vector<double> Slope) line, Vector<double> scatter)
    {
        var (least, most) = (scatter * -limits.Low, scatter * limits.High);
        var (nextFirst, nextEnd, start) = (first, end, Vector.ConvertToDouble(first));
        var goesOn = Vector<long>.AllBitsSet;
        for (var rank = 0; rank < values.Length && Vector.LessThanAny(goesOn, Vector<long>.Zero); rank++)
        {
            var isKept = IsKept(rank, first, end);
            var isBeyond = IsBeyond(values[rank] - line.Level - (line.Slope * (new Vector<double>(rank) - start)), least, most);
            goesOn = Vector.AndNot(goesOn, Vector.AndNot(isKept, isBeyond));
            nextFirst -= goesOn & isKept; // true is −1
        }
        goesOn = Vector<long>.AllBitsSet;
        for (var rank = values.Length - 1; rank >= 0 && Vector.LessThanAny(goesOn, Vector<long>.Zero); rank--)
        {
            var isKept = IsKept(rank, nextFirst, end);
            var isBeyond = IsBeyond(values[rank] - line.Level - (line.Slope * (new Vector<double>(rank) - start)), least, most);
            goesOn = Vector.AndNot(goesOn, Vector.AndNot(isKept, isBeyond));
            nextEnd += goesOn & isKept;
        }
        return (nextFirst, nextEnd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<long> IsKept(int rank, Vector<long> first, Vector<long> end) =>
        Vector.LessThanOrEqual(first, new Vector<long>(rank)) & Vector.GreaterThan(end, new Vector<long>(rank));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<long> IsBeyond(Vector<double> residual, Vector<double> least, Vector<double> most) => Vector.LessThan(residual, least) | Vector.GreaterThan(residual, most);

    private bool IsBeyond(double residual, double scatter) => residual < -limits.Low * scatter || residual > limits.High * scatter;

    private static (double Level, double Slope) Fit(ReadOnlySpan<float> values)
    {
        var middle = (values.Length - 1) / 2.0;
        double sum = 0, moment = 0, spread = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i];
            moment += (i - middle) * values[i];
            spread += (i - middle) * (i - middle);
        }
        var slope = moment / spread;
        return ((sum / values.Length) - (slope * middle), slope);
    }

    private static double MeanDistance(ReadOnlySpan<float> values, double level, double slope)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
            sum += Math.Abs(values[i] - level - (slope * i));
        return sum / values.Length;
    }
}
