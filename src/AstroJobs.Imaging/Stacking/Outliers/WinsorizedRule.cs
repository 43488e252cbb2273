using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>
/// Clipping by the winsorized standard deviation (Huber, Robust Statistics, 1981; so PixInsight and Siril): samples further than 1.5 s from the
/// median are drawn in to there, s = 1.134 × the standard deviation of that, again until s changes by less than 0.05 %.
/// </summary>
internal sealed class WinsorizedRule(RejectionLimits limits, float smallestSigma, int samples) : ClippingRule(limits, smallestSigma, samples)
{
    private const float Reach = 1.5f;
    private const float Widening = 1.134f; // makes up for what winsorizing at 1.5 sigma takes from a Gaussian's deviation
    private const float Settled = 0.0005f;

    // Each round brings a Gaussian to 0.4 of its distance from rest; only one far outlier among four or five takes longer, and is long clipped then.
    private const int MostRounds = 40;

    protected override float Scatter(Span<float> deviations, KeptRange kept)
    {
        var (sum, squares) = (0f, 0f);
        foreach (var deviation in deviations)
        {
            sum += deviation;
            squares += deviation * deviation;
        }
        var sigma = Deviation(sum, squares, kept.Count);
        var reach = float.MaxValue;
        for (var round = 0; round < MostRounds; round++)
        {
            reach = float.MinNative(reach, Reach * sigma);
            (sum, squares) = DrawnIn(deviations, reach);
            var before = sigma;
            sigma = Widening * Deviation(sum, squares, kept.Count);
            if (MathF.Abs(sigma - before) <= Settled * before)
                break;
        }
        return sigma;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override Vector<float> Scatter(Span<Vector<float>> deviations, KeptRanges kept, Vector<int> known, Vector<int> active)
    {
        var count = Vector.ConvertToSingle(kept.End - kept.First);
        var (sum, squares) = (Vector<float>.Zero, Vector<float>.Zero);
        foreach (var deviation in deviations)
        {
            sum += deviation;
            squares += deviation * deviation;
        }
        var sigma = Deviation(sum, squares, count);
        var reach = new Vector<float>(float.MaxValue);
        for (var round = 0; round < MostRounds && Vector.LessThanAny(active, Vector<int>.Zero); round++)
        {
            reach = Vector.MinNative(reach, sigma * Reach);
            (sum, squares) = DrawnIn(deviations, reach);
            var before = sigma;
            sigma = Vector.ConditionalSelect(active, Deviation(sum, squares, count) * Widening, before);
            active &= Vector.GreaterThan(Vector.Abs(sigma - before), before * Settled);
        }
        return sigma;
    }

    /// <summary>Two sums of every other sample: one alone would wait for itself at each step.</summary>
    private static (float Sum, float Squares) DrawnIn(ReadOnlySpan<float> deviations, float reach)
    {
        var (even, evenSquares, odd, oddSquares) = (0f, 0f, 0f, 0f);
        for (var i = 0; i < deviations.Length; i += 2)
        {
            var a = float.MaxNative(float.MinNative(deviations[i], reach), -reach);
            even += a;
            evenSquares += a * a;
            if (i + 1 == deviations.Length)
                break;
            var b = float.MaxNative(float.MinNative(deviations[i + 1], reach), -reach);
            odd += b;
            oddSquares += b * b;
        }
        return (even + odd, evenSquares + oddSquares);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<float> Sum, Vector<float> Squares) DrawnIn(ReadOnlySpan<Vector<float>> deviations, Vector<float> reach)
    {
        var (even, evenSquares, odd, oddSquares) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        var i = 0;
        for (; i < deviations.Length - 1; i += 2)
        {
            var a = Vector.MaxNative(Vector.MinNative(deviations[i], reach), -reach);
            var b = Vector.MaxNative(Vector.MinNative(deviations[i + 1], reach), -reach);
            even += a;
            evenSquares += a * a;
            odd += b;
            oddSquares += b * b;
        }
        if (i < deviations.Length)
        {
            var last = Vector.MaxNative(Vector.MinNative(deviations[i], reach), -reach);
            even += last;
            evenSquares += last * last;
        }
        return (even + odd, evenSquares + oddSquares);
    }
}
