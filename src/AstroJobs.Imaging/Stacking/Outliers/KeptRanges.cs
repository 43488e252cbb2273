using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>A <see cref="KeptRange"/> in each lane.</summary>
internal readonly record struct KeptRanges(Vector<int> First, Vector<int> End)
{
    /// <summary>Lanes in which the sample of this rank is kept, −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<int> At(int rank) => Vector.LessThanOrEqual(First, new Vector<int>(rank)) & Vector.GreaterThan(End, new Vector<int>(rank));

    /// <summary>The ranks that are kept in every lane: of many samples nearly all, since what is rejected lies at the ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int First, int End) InAll(int ranks)
    {
        var (first, end) = (0, ranks);
        while (Vector.GreaterThanAny(First, new Vector<int>(first)))
            first++;
        while (end > first && Vector.LessThanAny(End, new Vector<int>(end)))
            end--;
        return (first, end);
    }
}
