using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>
/// Tells which samples of a pixel count, from their sorted values alone: so neither the order of the frames nor the thread matters.
/// What it takes away lies at the two ends. One worker's own, since rules keep room to work in.
/// </summary>
internal abstract class OutlierRule
{
    /// <summary>A rejection that would leave fewer does not happen: of two samples nobody knows which is wrong.</summary>
    public const int LeastKept = 3;

    private float[] _pixel = [];

    /// <summary>Rejected samples count as the median of the kept ones instead of not at all.</summary>
    public virtual bool ReplacesByMedian => false;

    /// <param name="smallestSigma">
    /// What rounding to whole steps hides, sample units: the noise of a pixel is never taken for less, or of 8-bit frames all that is one step off would go.
    /// </param>
    /// <param name="samples">The most a pixel has.</param>
    public static OutlierRule Create(StackRejection rejection, RejectionLimits limits, float smallestSigma, int samples) => rejection switch
    {
        StackRejection.Percentile => new PercentileRule(limits),
        StackRejection.Sigma => new SigmaRule(limits, smallestSigma, samples, replacesByMedian: false),
        StackRejection.MedianSigma => new SigmaRule(limits, smallestSigma, samples, replacesByMedian: true),
        StackRejection.Mad => new MadRule(limits, smallestSigma, samples),
        StackRejection.Winsorized => new WinsorizedRule(limits, smallestSigma, samples),
        StackRejection.LinearFit => new LinearFitRule(limits, smallestSigma, samples),
        StackRejection.Gesd => new GesdRule(limits, smallestSigma, samples),
        _ => throw new ArgumentOutOfRangeException(nameof(rejection), rejection, "rejects nothing"),
    };

    /// <param name="sorted">Ascending, finite; may be empty.</param>
    public abstract KeptRange Find(ReadOnlySpan<float> sorted);

    /// <summary>The same in each lane, to the last bit; rules that many use have it in vectors.</summary>
    /// <param name="sorted">Each lane ascending, +∞ behind its samples.</param>
    /// <param name="known">Samples of each lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public virtual KeptRanges Find(ReadOnlySpan<Vector<float>> sorted, Vector<int> known)
    {
        var lanes = MemoryMarshal.Cast<Vector<float>, float>(sorted);
        Span<int> first = stackalloc int[Vector<int>.Count];
        Span<int> end = stackalloc int[Vector<int>.Count];
        if (_pixel.Length < sorted.Length)
            _pixel = new float[sorted.Length];
        for (var lane = 0; lane < first.Length; lane++)
        {
            var pixel = _pixel.AsSpan(0, known[lane]);
            for (var i = 0; i < pixel.Length; i++)
                pixel[i] = lanes[(i * Vector<float>.Count) + lane];
            (first[lane], end[lane]) = Find(pixel);
        }
        return new KeptRanges(new Vector<int>(first), new Vector<int>(end));
    }

    public static float MedianOf(ReadOnlySpan<float> sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) * 0.5f;

    /// <summary>Equal samples share their fate.</summary>
    protected static KeptRange WithEquals(ReadOnlySpan<float> sorted, KeptRange kept)
    {
        var (first, end) = kept;
        while (first > 0 && sorted[first - 1] == sorted[first])
            first--;
        while (end < sorted.Length && sorted[end] == sorted[end - 1])
            end++;
        return new KeptRange(first, end);
    }

    /// <summary>The same in each lane.</summary>
    protected static KeptRanges WithEquals(ReadOnlySpan<Vector<float>> sorted, Vector<int> known, KeptRanges kept)
    {
        if (Vector.EqualsAll(kept.First, Vector<int>.Zero) && Vector.EqualsAll(kept.End, known))
            return kept;
        var lanes = MemoryMarshal.Cast<Vector<float>, float>(sorted);
        Span<int> first = stackalloc int[Vector<int>.Count];
        Span<int> end = stackalloc int[Vector<int>.Count];
        kept.First.CopyTo(first);
        kept.End.CopyTo(end);
        for (var lane = 0; lane < first.Length; lane++)
        {
            while (first[lane] > 0 && lanes[((first[lane] - 1) * Vector<float>.Count) + lane] == lanes[(first[lane] * Vector<float>.Count) + lane])
                first[lane]--;
            while (end[lane] < known[lane] && lanes[(end[lane] * Vector<float>.Count) + lane] == lanes[((end[lane] - 1) * Vector<float>.Count) + lane])
                end[lane]++;
        }
        return new KeptRanges(new Vector<int>(first), new Vector<int>(end));
    }
}
