using System.Numerics;

namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>A rule that reckons in double: half of the lanes at a time.</summary>
/// <param name="samples">The most a pixel has.</param>
internal abstract class WideRule(int samples) : OutlierRule
{
    private readonly WideLanes _wide = new(samples);

    public sealed override KeptRanges Find(ReadOnlySpan<Vector<float>> sorted, Vector<int> known)
    {
        _wide.Fill(sorted);
        Vector.Widen(known, out var lower, out var upper);
        var (first, end) = Find(_wide.Half(0, sorted.Length), lower);
        var (upperFirst, upperEnd) = Find(_wide.Half(1, sorted.Length), upper);
        return WithEquals(sorted, known, new KeptRanges(Vector.Narrow(first, upperFirst), Vector.Narrow(end, upperEnd)));
    }

    /// <param name="values">Rank by rank, each lane ascending, +∞ behind its samples; free to be overwritten.</param>
    /// <param name="known">Samples of each lane.</param>
    /// <returns>Of each lane the ranks that count, before equal samples are given one fate.</returns>
    protected abstract (Vector<long> First, Vector<long> End) Find(Span<Vector<double>> values, Vector<long> known);
}
