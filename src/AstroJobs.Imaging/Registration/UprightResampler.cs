using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Draws a frame as the reference would have seen it where an <see cref="UprightMap"/> leads there: 8 + 8 Lanczos-4 taps a pixel instead of 8 × 8.
/// First, of each frame row v, h(x, v) = Σᵢ w[i] · s[v][u + i]: lanes are columns, a block shares its weights. Then r(x, y) = Σⱼ w[j] · h(x, v + j):
/// lanes are columns of one row of blocks, each with weights of its own.
/// Where a pass lies below its two nearest samples by more than the noise allows, a negative lobe has hit a bright star and would draw a dark ring:
/// the straight line between them stands instead. The same when a far tap holds no data.
/// </summary>
internal static class UprightResampler
{
    /// <summary>Samples that the first pass may read before and behind a frame row.</summary>
    public const int Margin = 16;

    /// <summary>The first pass.</summary>
    /// <param name="source">A frame row with <see cref="Margin"/> more samples on either side.</param>
    /// <param name="v">Its number.</param>
    /// <param name="left">Result column of the first sample of <paramref name="result"/>, a multiple of a block.</param>
    /// <param name="undershoot">As in <see cref="Resampler.Row"/>.</param>
    /// <param name="result">Whole blocks. Those that lie beyond the frame are left as they are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Straighten(ReadOnlySpan<float> source, in UprightMap map, int v, int left, float undershoot, Span<float> result)
    {
        ref var samples = ref MemoryMarshal.GetReference(source);
        ref var table = ref MemoryMarshal.GetReference(LanczosTable.Weights);
        var (start, furthest) = ((map.Lean * v) + map.Start, source.Length - LanczosTable.Taps - UprightMap.Block);
        for (var block = 0; block <= result.Length - UprightMap.Block; block += UprightMap.Block)
        {
            const double middle = (UprightMap.Block - 1) / 2.0;
            var position = (map.Step * (left + block + middle)) + start - middle;
            var whole = (int)Math.Floor(position);
            var first = whole - LanczosTable.Before + Margin;
            if (first < 0 || first > furthest)
                continue;
            var part = (float)(position - whole);
            ref var weights = ref Unsafe.Add(ref table, (int)((part * LanczosTable.Phases) + 0.5f) * LanczosTable.Taps);
            for (var lane = 0; lane < UprightMap.Block; lane += Vector<float>.Count)
                Along(ref Unsafe.Add(ref samples, first + lane), ref weights, part, undershoot).CopyTo(result[(block + lane)..]);
        }
    }

    /// <summary>The second pass.</summary>
    /// <param name="straightened">Row by row what the first pass made, from frame row <paramref name="top"/> on.</param>
    /// <param name="stride">Samples from row to row of it.</param>
    /// <param name="left">Result column of its first sample.</param>
    /// <param name="inside">The columns that lie within the frame, counted from left; NaN is written elsewhere.</param>
    /// <param name="row">Whole blocks.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(
        ReadOnlySpan<float> straightened, int stride, int top, in UprightMap map, int left, int y, (int From, int To) inside, float undershoot, Span<float> row)
    {
        var (from, to) = (inside.From / UprightMap.Block * UprightMap.Block, inside.To);
        var start = (map.Map.E * y) + map.Map.F;
        ref var curve = ref MemoryMarshal.GetReference(LanczosCurve.Coefficients);
        for (var block = from; block < to; block += UprightMap.Block)
        {
            var position = (map.Map.D * (left + block)) + start;
            var whole = (int)Math.Floor(position + (map.Map.D * (UprightMap.Block - 1) / 2));
            ref var nearest = ref MemoryMarshal.GetReference(straightened.Slice(((whole - LanczosTable.Before - top) * stride) + block, ((LanczosTable.Taps - 1) * stride) + UprightMap.Block));
            for (var lane = 0; lane < UprightMap.Block; lane += Vector<float>.Count)
            {
                var part = new Vector<float>((float)(position - whole)) + ((Vector<float>.Indices + new Vector<float>(lane)) * (float)map.Map.D);
                Down(ref Unsafe.Add(ref nearest, lane), stride, ref curve, part, undershoot).CopyTo(row[(block + lane)..]);
            }
        }
        row[..inside.From].Fill(float.NaN);
        row[to..].Fill(float.NaN);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Along(ref float samples, ref float weights, float part, float undershoot)
    {
        var even = Vector.LoadUnsafe(ref samples) * weights;
        var odd = Vector.LoadUnsafe(ref samples, 1) * Unsafe.Add(ref weights, 1);
        even = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref samples, 2), new Vector<float>(Unsafe.Add(ref weights, 2)), even);
        var near = Vector.LoadUnsafe(ref samples, 3);
        odd = Vector.MultiplyAddEstimate(near, new Vector<float>(Unsafe.Add(ref weights, 3)), odd);
        var next = Vector.LoadUnsafe(ref samples, 4);
        even = Vector.MultiplyAddEstimate(next, new Vector<float>(Unsafe.Add(ref weights, 4)), even);
        odd = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref samples, 5), new Vector<float>(Unsafe.Add(ref weights, 5)), odd);
        even = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref samples, 6), new Vector<float>(Unsafe.Add(ref weights, 6)), even);
        odd = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref samples, 7), new Vector<float>(Unsafe.Add(ref weights, 7)), odd);
        return Checked(even + odd, near, next, new Vector<float>(part), undershoot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Down(ref float column, int stride, ref float curve, Vector<float> part, float undershoot)
    {
        var offset = part - new Vector<float>(0.5f);
        var square = offset * offset;
        var (even, odd) = (Vector<float>.Zero, Vector<float>.Zero);
        var (near, next) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var pair = 0; pair < LanczosCurve.Pairs; pair++)
        {
            near = Vector.LoadUnsafe(ref column, (nuint)(pair * stride));
            next = Vector.LoadUnsafe(ref column, (nuint)((LanczosTable.Taps - 1 - pair) * stride));
            var (alike, apart) = LanczosCurve.Of(ref curve, pair, square);
            even = Vector.MultiplyAddEstimate(alike, near + next, even);
            odd = Vector.MultiplyAddEstimate(apart, near - next, odd);
        }
        return Checked(Vector.MultiplyAddEstimate(odd, offset, even), near, next, part, undershoot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Checked(Vector<float> value, Vector<float> near, Vector<float> next, Vector<float> part, float undershoot)
    {
        var isGood = Vector.GreaterThanOrEqual(value, Vector.MinNative(near, next) - new Vector<float>(undershoot));
        if (Vector.EqualsAll(isGood, new Vector<int>(-1)))
            return value;
        var within = Vector.Max(Vector.Min(part, Vector<float>.One), Vector<float>.Zero);
        var line = near + (within * (next - near));
        // On a sample itself the other one does not matter, even where it holds no data.
        line = Vector.ConditionalSelect(Vector.Equals(within, Vector<float>.Zero), near, Vector.ConditionalSelect(Vector.Equals(within, Vector<float>.One), next, line));
        return Vector.ConditionalSelect(isGood, value, line);
    }
}
