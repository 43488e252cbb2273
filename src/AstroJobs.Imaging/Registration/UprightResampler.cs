using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Draws a frame as the reference would have seen it where an <see cref="UprightMap"/> leads there: 8 + 8 Lanczos-4 taps a pixel instead of 8 × 8.
/// First, of each frame row v, h(x, v) = Σᵢ w[i] · s[v][u + i]: lanes are columns, a block shares its weights. Then r(x, y) = Σⱼ w[j] · h(x, v + j):
/// lanes are columns of a block, each with weights of its own, which rows beside each other share where they hardly differ (<see cref="UprightMap.Lines"/>).
/// Where a negative lobe of a pass has hit a bright star (<see cref="RingGuard"/>) the straight line stands instead. The same when a far tap holds no data.
/// </summary>
internal static class UprightResampler
{
    /// <summary>Samples that the first pass may read before and behind a frame row.</summary>
    public const int Margin = 16;

    private const double Middle = (UprightMap.Block - 1) / 2.0;

    /// <summary>Which samples the eight taps of a vector's lanes are.</summary>
    private interface ITaps
    {
        /// <summary>Rows that they lie in.</summary>
        static abstract int Rows { get; }

        /// <summary>The row that fractions count from.</summary>
        /// <param name="position">Of the block's first column.</param>
        /// <param name="slope">Rows from column to column.</param>
        static abstract int WholeOf(double position, double slope);

        /// <summary>Lanes (−1) whose taps begin a row further on; their fractions are made to count from there.</summary>
        static abstract Vector<int> IsNext(ref Vector<float> part);

        static abstract Vector<float> Load(ref float taps, int row, int stride, Vector<int> isNext);
    }

    /// <summary>The first pass.</summary>
    /// <param name="source">A frame row with <see cref="Margin"/> more samples on either side.</param>
    /// <param name="v">Its number.</param>
    /// <param name="left">Result column of the first sample of <paramref name="result"/>, a multiple of a block.</param>
    /// <param name="result">Whole blocks. Those that lie beyond the frame are left as they are.</param>
    public static void Straighten(ReadOnlySpan<float> source, in UprightMap map, int v, int left, RingGuard guard, Span<float> result)
    {
        if (map.HasEvenSteps)
            StraightenEvenly(source, map, v, left, guard, result);
        else
            StraightenByLanes(source, map, v, left, guard, result);
    }

    /// <summary>The second pass, of all channels and some rows at once: they share the weights, which cost more than the sums.</summary>
    /// <param name="left">Result column of the first sample of <paramref name="source"/>.</param>
    /// <param name="y">The first row. It and the others lie within the same <see cref="UprightMap.Lines"/>.</param>
    /// <param name="inside">Of each row the columns that lie within the frame, counted from left; NaN is written elsewhere.</param>
    /// <param name="rows">One row of whole blocks a channel, for row after row.</param>
    public static void Rows(StraightenedRows source, in UprightMap map, int left, int y, ReadOnlySpan<(int From, int To)> inside, RingGuard guard, Span<float> rows)
    {
        if (map.HasEvenRows)
            Rows<EvenTaps>(source, map, left, y, inside, guard, rows);
        else
            Rows<SteepTaps>(source, map, left, y, inside, guard, rows);
        var length = rows.Length / (inside.Length * source.Channels);
        for (var i = 0; i < inside.Length * source.Channels; i++)
        {
            var row = rows.Slice(i * length, length);
            var (from, to) = inside[i / source.Channels];
            row[..from].Fill(float.NaN);
            row[to..].Fill(float.NaN);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StraightenEvenly(ReadOnlySpan<float> source, in UprightMap map, int v, int left, RingGuard guard, Span<float> result)
    {
        ref var samples = ref MemoryMarshal.GetReference(source);
        ref var table = ref MemoryMarshal.GetReference(LanczosTable.Weights);
        ref var target = ref MemoryMarshal.GetReference(result);
        var (start, furthest) = ((map.Lean * v) + map.Start, source.Length - LanczosTable.Taps - UprightMap.Block);
        Vector<float> w0 = default, w1 = default, w2 = default, w3 = default, w4 = default, w5 = default, w6 = default, w7 = default;
        var before = -1;
        for (var block = 0; block <= result.Length - UprightMap.Block; block += UprightMap.Block)
        {
            var position = (map.Step * (left + block + Middle)) + start - Middle;
            var whole = (int)Math.Floor(position);
            var first = whole - LanczosTable.Before + Margin;
            if (first < 0 || first > furthest)
                continue;
            var part = (float)(position - whole);
            var phase = (int)((part * LanczosTable.Phases) + 0.5f);
            if (phase != before) // which it is for hundreds of blocks
            {
                before = phase;
                ref var weights = ref Unsafe.Add(ref table, phase * LanczosTable.Taps);
                (w0, w1, w2, w3) = (new Vector<float>(weights), new Vector<float>(Unsafe.Add(ref weights, 1)), new Vector<float>(Unsafe.Add(ref weights, 2)), new Vector<float>(Unsafe.Add(ref weights, 3)));
                (w4, w5, w6, w7) = (new Vector<float>(Unsafe.Add(ref weights, 4)), new Vector<float>(Unsafe.Add(ref weights, 5)), new Vector<float>(Unsafe.Add(ref weights, 6)), new Vector<float>(Unsafe.Add(ref weights, 7)));
            }
            for (var lane = 0; lane < UprightMap.Block; lane += Vector<float>.Count)
            {
                ref var taps = ref Unsafe.Add(ref samples, first + lane);
                Sum<EvenTaps>(ref taps, 1, default, w0, w1, w2, w3, w4, w5, w6, w7, new Vector<float>(part), guard).StoreUnsafe(ref target, (nuint)(block + lane));
            }
        }
    }

    /// <summary>The first pass where a block's columns have fractions of their own, each within a tenth of the middle's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StraightenByLanes(ReadOnlySpan<float> source, in UprightMap map, int v, int left, RingGuard guard, Span<float> result)
    {
        ref var samples = ref MemoryMarshal.GetReference(source);
        ref var target = ref MemoryMarshal.GetReference(result);
        ref var curve = ref MemoryMarshal.GetReference(LanczosCurve.Coefficients);
        var (start, furthest) = ((map.Lean * v) + map.Start, source.Length - LanczosTable.Taps - UprightMap.Block);
        for (var block = 0; block <= result.Length - UprightMap.Block; block += UprightMap.Block)
        {
            var position = (map.Step * (left + block + Middle)) + start - Middle;
            var whole = (int)Math.Floor(position);
            var first = whole - LanczosTable.Before + Margin;
            if (first < 0 || first > furthest)
                continue;
            for (var lane = 0; lane < UprightMap.Block; lane += Vector<float>.Count)
            {
                var part = new Vector<float>((float)(position - whole)) + ((Vector<float>.Indices + new Vector<float>(lane - (float)Middle)) * (float)(map.Step - 1));
                var offset = part - new Vector<float>(0.5f);
                var (w0, w7) = LanczosCurve.Weights(ref curve, 0, offset);
                var (w1, w6) = LanczosCurve.Weights(ref curve, 1, offset);
                var (w2, w5) = LanczosCurve.Weights(ref curve, 2, offset);
                var (w3, w4) = LanczosCurve.Weights(ref curve, 3, offset);
                ref var taps = ref Unsafe.Add(ref samples, first + lane);
                Sum<EvenTaps>(ref taps, 1, default, w0, w1, w2, w3, w4, w5, w6, w7, part, guard).StoreUnsafe(ref target, (nuint)(block + lane));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<TTaps>(StraightenedRows source, in UprightMap map, int left, int y, ReadOnlySpan<(int From, int To)> inside, RingGuard guard, Span<float> rows)
        where TTaps : struct, ITaps
    {
        var firstLine = y / map.Lines * map.Lines;
        var middleLine = (map.Lines - 1) / 2.0;
        var start = (map.Map.E * (firstLine + middleLine)) + map.Map.F - middleLine;
        var (channels, length) = (source.Channels, rows.Length / (inside.Length * source.Channels));
        var (from, to) = Reach(inside);
        ref var curve = ref MemoryMarshal.GetReference(LanczosCurve.Coefficients);
        for (var block = from; block < to; block += UprightMap.Block)
        {
            var position = (map.Map.D * (left + block)) + start;
            var whole = TTaps.WholeOf(position, map.Map.D);
            var firstTap = whole - LanczosTable.Before + y - firstLine;
            for (var lane = 0; lane < UprightMap.Block; lane += Vector<float>.Count)
            {
                var part = new Vector<float>((float)(position - whole)) + ((Vector<float>.Indices + new Vector<float>(lane)) * (float)map.Map.D);
                var isNext = TTaps.IsNext(ref part);
                var offset = part - new Vector<float>(0.5f);
                var (w0, w7) = LanczosCurve.Weights(ref curve, 0, offset);
                var (w1, w6) = LanczosCurve.Weights(ref curve, 1, offset);
                var (w2, w5) = LanczosCurve.Weights(ref curve, 2, offset);
                var (w3, w4) = LanczosCurve.Weights(ref curve, 3, offset);
                for (var row = 0; row < inside.Length; row++)
                {
                    if (inside[row].From >= block + UprightMap.Block || inside[row].To <= block)
                        continue;
                    for (var channel = 0; channel < channels; channel++)
                    {
                        ref var taps = ref MemoryMarshal.GetReference(source.Block(channel, firstTap + row, TTaps.Rows, block)[lane..]);
                        ref var target = ref MemoryMarshal.GetReference(rows.Slice((((row * channels) + channel) * length) + block + lane, Vector<float>.Count));
                        Sum<TTaps>(ref taps, source.Stride, isNext, w0, w1, w2, w3, w4, w5, w6, w7, part, guard).StoreUnsafe(ref target);
                    }
                }
            }
        }
    }

    /// <summary>The columns of whole blocks that lie within the frame in some row.</summary>
    private static (int From, int To) Reach(ReadOnlySpan<(int From, int To)> inside)
    {
        var (from, to) = inside[0];
        foreach (var row in inside)
            (from, to) = (Math.Min(from, row.From), Math.Max(to, row.To));
        return (from / UprightMap.Block * UprightMap.Block, to);
    }

    /// <param name="stride">Samples from tap to tap.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Sum<TTaps>(
        ref float taps, int stride, Vector<int> isNext,
        Vector<float> w0, Vector<float> w1, Vector<float> w2, Vector<float> w3, Vector<float> w4, Vector<float> w5, Vector<float> w6, Vector<float> w7,
        Vector<float> part, RingGuard guard)
        where TTaps : struct, ITaps
    {
        var even = TTaps.Load(ref taps, 0, stride, isNext) * w0;
        var odd = TTaps.Load(ref taps, 1, stride, isNext) * w1;
        even = Vector.MultiplyAddEstimate(TTaps.Load(ref taps, 2, stride, isNext), w2, even);
        var near = TTaps.Load(ref taps, 3, stride, isNext);
        odd = Vector.MultiplyAddEstimate(near, w3, odd);
        var next = TTaps.Load(ref taps, 4, stride, isNext);
        even = Vector.MultiplyAddEstimate(next, w4, even);
        odd = Vector.MultiplyAddEstimate(TTaps.Load(ref taps, 5, stride, isNext), w5, odd);
        even = Vector.MultiplyAddEstimate(TTaps.Load(ref taps, 6, stride, isNext), w6, even);
        odd = Vector.MultiplyAddEstimate(TTaps.Load(ref taps, 7, stride, isNext), w7, odd);
        var (value, lowest) = (even + odd, Vector.MinNative(near, next));
        var isGood = Vector.GreaterThanOrEqual(value, lowest - new Vector<float>(guard.Noise));
        if (Vector.EqualsAll(isGood, new Vector<int>(-1)))
            return value;
        if (guard.SparesLonePixels)
            isGood |= IsOfLonePixel<TTaps>(ref taps, stride, isNext, lowest, guard.Noise) & Vector.Equals(value, value);
        return Vector.ConditionalSelect(isGood, value, Line(near, next, part));
    }

    /// <summary>Lanes whose brightest sample stands alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> IsOfLonePixel<TTaps>(ref float taps, int stride, Vector<int> isNext, Vector<float> lowest, float noise)
        where TTaps : struct, ITaps
    {
        var highest = lowest;
        var second = Vector.MaxNative(TTaps.Load(ref taps, 0, stride, isNext), TTaps.Load(ref taps, LanczosTable.Taps - 1, stride, isNext));
        for (var tap = 1; tap < LanczosTable.Taps - 1; tap++)
        {
            var sample = TTaps.Load(ref taps, tap, stride, isNext);
            (second, highest) = (Vector.MaxNative(second, Vector.MinNative(highest, sample)), Vector.MaxNative(highest, sample));
        }
        return Vector.LessThanOrEqual(second - lowest, ((highest - lowest) * RingGuard.LonePart) + new Vector<float>(noise));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Line(Vector<float> near, Vector<float> next, Vector<float> part)
    {
        var within = Vector.Max(Vector.Min(part, Vector<float>.One), Vector<float>.Zero);
        var line = near + (within * (next - near));
        // On a sample itself the other one does not matter, even where it holds no data.
        return Vector.ConditionalSelect(Vector.Equals(within, Vector<float>.Zero), near, Vector.ConditionalSelect(Vector.Equals(within, Vector<float>.One), next, line));
    }

    private readonly struct EvenTaps : ITaps
    {
        public static int Rows => LanczosTable.Taps;

        public static int WholeOf(double position, double slope) => (int)Math.Floor(position + (slope * Middle));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<int> IsNext(ref Vector<float> part) => default;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<float> Load(ref float taps, int row, int stride, Vector<int> isNext) => Vector.LoadUnsafe(ref taps, (nuint)(row * stride));
    }

    private readonly struct SteepTaps : ITaps
    {
        public static int Rows => LanczosTable.Taps + 1;

        public static int WholeOf(double position, double slope) => (int)Math.Floor(Math.Min(position, position + (slope * (UprightMap.Block - 1))));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<int> IsNext(ref Vector<float> part)
        {
            var isNext = Vector.GreaterThanOrEqual(part, Vector<float>.One);
            part -= Vector.ConditionalSelect(isNext, Vector<float>.One, Vector<float>.Zero);
            return isNext;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<float> Load(ref float taps, int row, int stride, Vector<int> isNext) =>
            Vector.ConditionalSelect(isNext, Vector.LoadUnsafe(ref taps, (nuint)((row + 1) * stride)), Vector.LoadUnsafe(ref taps, (nuint)(row * stride)));
    }
}
