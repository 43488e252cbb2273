using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Stacking.Combining;

/// <summary>
/// Batcher's merge exchange (Knuth, TAOCP 3, 5.2.2 algorithm M) for any number of values: a fixed list of compare-and-exchange steps,
/// the same for every pixel, so that each lane of a vector sorts one pixel's column of frames.
/// </summary>
internal sealed class SortingNetwork
{
    private readonly (int Low, int High)[] _steps;

    public SortingNetwork(int values)
    {
        Values = values;
        var steps = new List<(int, int)>();
        var top = values < 2 ? 0 : 1 << BitOperations.Log2((uint)values - 1);
        for (var p = top; p > 0; p /= 2)
        {
            var (q, r, d) = (top, 0, p);
            while (true)
            {
                for (var i = 0; i < values - d; i++)
                {
                    if ((i & p) == r)
                        steps.Add((i, i + d));
                }
                if (q == p)
                    break;
                (d, q, r) = (q - p, q / 2, p);
            }
        }
        _steps = [.. steps];
    }

    public int Values { get; }

    /// <summary>Sorts each lane ascending. No NaN may be among the values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sort(Span<Vector<float>> column)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(column.Length, Values);
        ref var first = ref MemoryMarshal.GetReference(column);
        foreach (var (low, high) in _steps)
        {
            ref var lower = ref Unsafe.Add(ref first, low); // every step is within Values
            ref var upper = ref Unsafe.Add(ref first, high);
            var (a, b) = (lower, upper);
            lower = Vector.MinNative(a, b);
            upper = Vector.MaxNative(a, b);
        }
    }
}
