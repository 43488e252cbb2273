using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>The sorted samples of as many pixels as a vector of floats has lanes, in double: of the lower half of the lanes, then of the upper. One worker's own.</summary>
/// <param name="samples">The most a pixel has.</param>
internal sealed class WideLanes(int samples)
{
    private readonly Vector<double>[] _values = new Vector<double>[2 * samples];

    /// <param name="sorted">As in <see cref="OutlierRule.Find(ReadOnlySpan{Vector{float}}, Vector{int})"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(ReadOnlySpan<Vector<float>> sorted)
    {
        var lower = Half(0, sorted.Length);
        var upper = Half(1, sorted.Length);
        for (var rank = 0; rank < sorted.Length; rank++)
            Vector.Widen(sorted[rank], out lower[rank], out upper[rank]);
    }

    /// <summary>The samples of the lower (0) or the upper (1) half of the lanes, rank by rank; free to be overwritten.</summary>
    public Span<Vector<double>> Half(int half, int ranks) => _values.AsSpan(half * samples, ranks);

    /// <summary>Of each lane the sample of its own rank; the first for a rank below 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> At(ReadOnlySpan<Vector<double>> values, Vector<long> ranks) =>
        Gather(MemoryMarshal.Cast<Vector<double>, double>(values), (Vector.Max(ranks, Vector<long>.Zero) * Vector<double>.Count) + Vector<long>.Indices);

    /// <summary>Of each lane the value at its own place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Gather(ReadOnlySpan<double> values, Vector<long> places)
    {
        Span<double> gathered = stackalloc double[Vector<double>.Count];
        for (var lane = 0; lane < gathered.Length; lane++)
            gathered[lane] = values[(int)places[lane]];
        return new Vector<double>(gathered);
    }
}
