using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>The median of each lane's kept samples.</summary>
internal static class LaneMedian
{
    /// <param name="sorted">Each lane ascending.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector<float> Of(ReadOnlySpan<Vector<float>> sorted, KeptRanges kept)
    {
        var twice = kept.First + kept.End;
        // Most often every frame has the pixel and none is rejected yet.
        if (Vector.EqualsAll(twice, new Vector<int>(twice[0])))
            return (sorted[Math.Max(0, (twice[0] - 1) / 2)] + sorted[Math.Min(twice[0] / 2, sorted.Length - 1)]) * 0.5f;
        var lanes = MemoryMarshal.Cast<Vector<float>, float>(sorted);
        Span<float> medians = stackalloc float[Vector<float>.Count];
        for (var lane = 0; lane < medians.Length; lane++)
        {
            var (lower, upper) = (Math.Max(0, (twice[lane] - 1) / 2), Math.Min(twice[lane] / 2, sorted.Length - 1));
            medians[lane] = (lanes[(lower * Vector<float>.Count) + lane] + lanes[(upper * Vector<float>.Count) + lane]) * 0.5f;
        }
        return new Vector<float>(medians);
    }
}
