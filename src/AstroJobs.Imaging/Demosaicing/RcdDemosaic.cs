using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Demosaicing;

/// <summary>
/// Bayer mosaic to colour by ratio corrected demosaicing (RCD 2.3; Luis Sanz Rodríguez, 2015). Each pixel leans to the direction in which
/// a sixth-order high pass finds less: vertical or horizontal for green and for the colours at green, the two diagonals for red at blue and blue at red.
/// Green is carried over from its neighbours by the ratio of low passes, the other two by differences from green; all weighted against their gradients.
/// </summary>
/// <remarks>
/// All steps run over a block of rows with <see cref="Halo"/> more on each side, mirrored beyond the frame. Lanes are neighbouring columns; each step is
/// computed for every lane and kept where the parity of the column asks for it. Since ratios need light, a pedestal lies under all samples meanwhile.
/// One worker's own.
/// </remarks>
internal sealed class RcdDemosaic : IDisposable
{
    /// <summary>Rows and columns beyond a pixel that it depends on.</summary>
    public const int Halo = 10;

    private const float Epsilon = 1e-5f; // keeps quotients of nothing finite
    private const float EpsilonSquared = 1e-10f;
    private const int Planes = 8;

    private static readonly int Lanes = Vector<float>.Count;

    private readonly int _stride;
    private readonly int _rows;
    private readonly PixelBuffer _memory;

    public RcdDemosaic(int widest, int mostRows)
    {
        (_stride, _rows) = (StrideOf(widest), mostRows + (2 * Halo));
        _memory = new PixelBuffer((long)Planes * _stride * _rows);
    }

    // What stands on the mosaic, the low pass, which way to lean, squared high passes, green, the colour opposite at red and blue, and red and blue at green.
    private enum Plane
    {
        Mosaic,
        LowPass,
        Direction,
        First,
        Second,
        Green,
        Opposite,
        Diagonal,
    }

    private Span<float> this[Plane plane] => _memory.Slice((long)plane * _stride * _rows, _stride * _rows);

    public static long BytesFor(int widest, int mostRows) => (long)Planes * StrideOf(widest) * (mostRows + (2 * Halo)) * sizeof(float);

    /// <param name="samples">Rows of the mosaic from <paramref name="top"/> on, at least all of the frame within <see cref="Halo"/> of those wanted.</param>
    /// <param name="pedestal">Lifts the darkest sky well above zero.</param>
    public void Run(BayerPattern pattern, ReadOnlySpan<float> samples, int width, int height, int top, int firstRow, int count, float pedestal)
    {
        Load(samples, width, height, top, firstRow, count, pedestal);
        var rows = count + (2 * Halo);
        var columns = width + (2 * Halo);
        HighPass(3, rows - 3, columns, _stride, 1);
        Lean(Plane.Direction, 4, rows - 4, columns, _stride, 1);
        LowPass(1, rows - 1, columns);
        for (var i = 5; i < rows - 5; i++)
            GreenRow(i, columns, Lit(pattern, firstRow - Halo + i));
        HighPass(3, rows - 3, columns, _stride + 1, _stride - 1);
        Lean(Plane.Diagonal, 4, rows - 4, columns, _stride + 1, _stride - 1);
        for (var i = 7; i < rows - 7; i++)
            OppositeRow(i, columns);
    }

    /// <summary>One row of what <see cref="Run"/> made.</summary>
    /// <param name="row">From 0, the first row that was wanted.</param>
    public void Finish(BayerPattern pattern, int firstRow, int row, float pedestal, Span<float> red, Span<float> green, Span<float> blue)
    {
        var y = firstRow + row;
        var lit = Lit(pattern, y);
        if (IsRedRow(pattern, y))
            ColourRow(row + Halo, lit, pedestal, red, green, blue);
        else
            ColourRow(row + Halo, lit, pedestal, blue, green, red);
    }

    public void Dispose() => _memory.Dispose();

    private static int StrideOf(int widest) => (widest + (2 * Halo) + (3 * Lanes) - 1) / Lanes * Lanes;

    private static bool IsRedRow(BayerPattern pattern, int y) => ((y & 1) == 0) == (pattern is BayerPattern.Rggb or BayerPattern.Grbg);

    /// <summary>Parity of the columns of this frame row that are not green. (The halo is even, so it is that of the block too.)</summary>
    private static int Lit(BayerPattern pattern, int y) => (y & 1) ^ (pattern is BayerPattern.Rggb or BayerPattern.Bggr ? 0 : 1);

    private static int Mirror(int at, int length)
    {
        if (length == 1)
            return 0;
        while (at < 0 || at >= length)
            at = at < 0 ? -at : (2 * (length - 1)) - at;
        return at;
    }

    private void Load(ReadOnlySpan<float> samples, int width, int height, int top, int firstRow, int count, float pedestal)
    {
        for (var i = 0; i < count + (2 * Halo); i++)
        {
            var source = samples.Slice((Mirror(firstRow - Halo + i, height) - top) * width, width);
            var target = this[Plane.Mosaic].Slice(i * _stride, _stride);
            for (var x = 0; x < width; x++)
                target[Halo + x] = source[x] + pedestal;
            for (var x = 1; x <= Halo; x++)
            {
                target[Halo - x] = source[Mirror(-x, width)] + pedestal;
                target[Halo + width - 1 + x] = source[Mirror(width - 1 + x, width)] + pedestal;
            }
        }
    }

    /// <summary>Squares of c₋₃ − c₋₁ − c₊₁ + c₊₃ − 3(c₋₂ + c₊₂) + 6c along two directions.</summary>
    private void HighPass(int from, int to, int columns, int first, int second)
    {
        ref var mosaic = ref MemoryMarshal.GetReference(this[Plane.Mosaic]);
        ref var a = ref MemoryMarshal.GetReference(this[Plane.First]);
        ref var b = ref MemoryMarshal.GetReference(this[Plane.Second]);
        for (var i = from; i < to; i++)
        {
            for (var x = 3; x < columns - 3; x += Lanes)
            {
                var at = (i * _stride) + x;
                var (along, across) = (High(ref mosaic, at, first), High(ref mosaic, at, second));
                (along * along).StoreUnsafe(ref a, (nuint)at);
                (across * across).StoreUnsafe(ref b, (nuint)at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> High(ref float c, int at, int step) =>
        (At(ref c, at) * 6) + At(ref c, at - (3 * step)) + At(ref c, at + (3 * step)) - At(ref c, at - step) - At(ref c, at + step)
        - ((At(ref c, at - (2 * step)) + At(ref c, at + (2 * step))) * 3);

    /// <summary>f / (f + s) of the squared high passes of three pixels along each direction: 1 where the first finds all there is.</summary>
    private void Lean(Plane target, int from, int to, int columns, int first, int second)
    {
        ref var a = ref MemoryMarshal.GetReference(this[Plane.First]);
        ref var b = ref MemoryMarshal.GetReference(this[Plane.Second]);
        ref var result = ref MemoryMarshal.GetReference(this[target]);
        var least = new Vector<float>(EpsilonSquared);
        for (var i = from; i < to; i++)
        {
            for (var x = 4; x < columns - 4; x += Lanes)
            {
                var at = (i * _stride) + x;
                var along = Vector.Max(least, At(ref a, at - first) + At(ref a, at) + At(ref a, at + first));
                var across = Vector.Max(least, At(ref b, at - second) + At(ref b, at) + At(ref b, at + second));
                (along / (along + across)).StoreUnsafe(ref result, (nuint)at);
            }
        }
    }

    private void LowPass(int from, int to, int columns)
    {
        ref var c = ref MemoryMarshal.GetReference(this[Plane.Mosaic]);
        ref var result = ref MemoryMarshal.GetReference(this[Plane.LowPass]);
        for (var i = from; i < to; i++)
        {
            for (var x = 1; x < columns - 1; x += Lanes)
            {
                var at = (i * _stride) + x;
                var beside = At(ref c, at - 1) + At(ref c, at + 1) + At(ref c, at - _stride) + At(ref c, at + _stride);
                var corners = At(ref c, at - _stride - 1) + At(ref c, at - _stride + 1) + At(ref c, at + _stride - 1) + At(ref c, at + _stride + 1);
                (At(ref c, at) + (beside * 0.5f) + (corners * 0.25f)).StoreUnsafe(ref result, (nuint)at);
            }
        }
    }

    private void GreenRow(int i, int columns, int lit)
    {
        ref var c = ref MemoryMarshal.GetReference(this[Plane.Mosaic]);
        ref var low = ref MemoryMarshal.GetReference(this[Plane.LowPass]);
        ref var direction = ref MemoryMarshal.GetReference(this[Plane.Direction]);
        ref var green = ref MemoryMarshal.GetReference(this[Plane.Green]);
        for (var x = 4; x < columns - 4; x += Lanes)
        {
            var at = (i * _stride) + x;
            var vertical = Carried(ref c, ref low, at, _stride);
            var horizontal = Carried(ref c, ref low, at, 1);
            var lean = Decisive(ref direction, at);
            var made = vertical + (lean * (horizontal - vertical));
            Vector.ConditionalSelect(IsLit(x, lit), made, At(ref c, at)).StoreUnsafe(ref green, (nuint)at);
        }
    }

    /// <summary>Green from the neighbours on both sides along a line, each times 2l / (l + l₂), with l the low pass here and l₂ the one beyond that neighbour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Carried(ref float c, ref float low, int at, int step)
    {
        var (here, epsilon) = (At(ref c, at), new Vector<float>(Epsilon));
        var (before, after) = (At(ref c, at - step), At(ref c, at + step));
        var across = epsilon + Vector.Abs(before - after);
        var (before2, after2) = (At(ref c, at - (2 * step)), At(ref c, at + (2 * step)));
        var back = across + Vector.Abs(here - before2) + Vector.Abs(before - At(ref c, at - (3 * step))) + Vector.Abs(before2 - At(ref c, at - (4 * step)));
        var forth = across + Vector.Abs(here - after2) + Vector.Abs(after - At(ref c, at + (3 * step))) + Vector.Abs(after2 - At(ref c, at + (4 * step)));
        var l = At(ref low, at);
        var fromBefore = before * (l + l) / Vector.Max(epsilon, epsilon + l + At(ref low, at - (2 * step)));
        var fromAfter = after * (l + l) / Vector.Max(epsilon, epsilon + l + At(ref low, at + (2 * step)));
        return ((forth * fromBefore) + (back * fromAfter)) / (back + forth);
    }

    /// <summary>Red at blue and blue at red.</summary>
    private void OppositeRow(int i, int columns)
    {
        ref var c = ref MemoryMarshal.GetReference(this[Plane.Mosaic]);
        ref var green = ref MemoryMarshal.GetReference(this[Plane.Green]);
        ref var diagonal = ref MemoryMarshal.GetReference(this[Plane.Diagonal]);
        ref var opposite = ref MemoryMarshal.GetReference(this[Plane.Opposite]);
        for (var x = 7; x < columns - 7; x += Lanes)
        {
            var at = (i * _stride) + x;
            var falling = Difference(ref c, ref c, ref green, at, _stride + 1);
            var rising = Difference(ref c, ref c, ref green, at, _stride - 1);
            var lean = Decisive(ref diagonal, at);
            (At(ref green, at) + falling + (lean * (rising - falling))).StoreUnsafe(ref opposite, (nuint)at);
        }
    }

    /// <param name="own">The colour of this row, beside green.</param>
    /// <param name="other">The colour of the rows above and below.</param>
    private void ColourRow(int i, int lit, float pedestal, Span<float> own, Span<float> green, Span<float> other)
    {
        ref var c = ref MemoryMarshal.GetReference(this[Plane.Mosaic]);
        ref var g = ref MemoryMarshal.GetReference(this[Plane.Green]);
        ref var opposite = ref MemoryMarshal.GetReference(this[Plane.Opposite]);
        ref var direction = ref MemoryMarshal.GetReference(this[Plane.Direction]);
        var lift = new Vector<float>(pedestal);
        Span<float> ends = stackalloc float[3 * Lanes];
        for (var x = 0; x < own.Length; x += Lanes)
        {
            var at = (i * _stride) + Halo + x;
            var (lean, here, isLit) = (Decisive(ref direction, at), At(ref g, at), IsLit(x, lit));
            var ownColour = Lean(lean, Difference(ref opposite, ref opposite, ref g, at, _stride), Difference(ref c, ref c, ref g, at, 1));
            var otherColour = Lean(lean, Difference(ref c, ref c, ref g, at, _stride), Difference(ref opposite, ref opposite, ref g, at, 1));
            var a = Vector.ConditionalSelect(isLit, At(ref c, at), here + ownColour) - lift;
            var b = Vector.ConditionalSelect(isLit, At(ref opposite, at), here + otherColour) - lift;
            if (x <= own.Length - Lanes)
            {
                a.CopyTo(own[x..]);
                (here - lift).CopyTo(green[x..]);
                b.CopyTo(other[x..]);
                continue;
            }
            a.CopyTo(ends);
            (here - lift).CopyTo(ends[Lanes..]);
            b.CopyTo(ends[(2 * Lanes)..]);
            var left = own.Length - x;
            ends[..left].CopyTo(own[x..]);
            ends.Slice(Lanes, left).CopyTo(green[x..]);
            ends.Slice(2 * Lanes, left).CopyTo(other[x..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Lean(Vector<float> lean, Vector<float> vertical, Vector<float> horizontal) => vertical + (lean * (horizontal - vertical));

    /// <summary>A colour less green, from the neighbours on both sides along a line, the one with the smaller gradient weighing more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Difference(ref float colour, ref float far, ref float green, int at, int step)
    {
        var (before, after, here) = (At(ref colour, at - step), At(ref colour, at + step), At(ref green, at));
        var across = new Vector<float>(Epsilon) + Vector.Abs(before - after);
        var back = across + Vector.Abs(before - At(ref far, at - (3 * step))) + Vector.Abs(here - At(ref green, at - (2 * step)));
        var forth = across + Vector.Abs(after - At(ref far, at + (3 * step))) + Vector.Abs(here - At(ref green, at + (2 * step)));
        return ((forth * (before - At(ref green, at - step))) + (back * (after - At(ref green, at + step)))) / (back + forth);
    }

    /// <summary>The lean here, or the mean of the four around where that is further from undecided.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> Decisive(ref float direction, int at)
    {
        var (here, half) = (At(ref direction, at), new Vector<float>(0.5f));
        var around = (At(ref direction, at - _stride - 1) + At(ref direction, at - _stride + 1) + At(ref direction, at + _stride - 1) + At(ref direction, at + _stride + 1)) * 0.25f;
        return Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(half - here), Vector.Abs(half - around)), around, here);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> At(ref float first, int at) => Vector.LoadUnsafe(ref first, (nuint)at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<int> IsLit(int x, int lit) => Vector.Equals((Vector<int>.Indices + new Vector<int>(x)) & Vector<int>.One, new Vector<int>(lit));
}
