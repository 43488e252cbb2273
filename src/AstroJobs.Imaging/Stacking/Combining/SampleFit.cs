using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Stacking.Combining;

/// <summary>How the samples of one channel of a frame become those of the reference: factor · x + offset. What is saturated stays out as +∞.</summary>
/// <param name="Ceiling">From here on a sample is saturated, before anything else is done to it; +∞ when none is told apart.</param>
internal readonly record struct SampleFit(float Factor, float Offset, float Ceiling)
{
    /// <summary>As it is.</summary>
    public static SampleFit None { get; } = new(1, 0, float.PositiveInfinity);

    /// <param name="target">May be <paramref name="row"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(ReadOnlySpan<float> row, Span<float> target)
    {
        var x = 0;
        var ceiling = new Vector<float>(Ceiling);
        for (; x <= row.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var value = new Vector<float>(row[x..]);
            var fitted = (value * Factor) + new Vector<float>(Offset);
            Vector.ConditionalSelect(Vector.GreaterThanOrEqual(value, ceiling), new Vector<float>(float.PositiveInfinity), fitted).CopyTo(target[x..]);
        }
        for (; x < row.Length; x++)
            target[x] = row[x] >= Ceiling ? float.PositiveInfinity : (row[x] * Factor) + Offset;
    }
}
