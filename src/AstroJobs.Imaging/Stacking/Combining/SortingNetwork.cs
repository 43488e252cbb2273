using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Stacking.Combining;

/// <summary>
/// A bitonic network (Batcher 1968) for any number of values: a fixed list of compare-and-exchange steps, the same for every pixel, so that each
/// lane of a vector sorts one pixel's column of frames. Eight values at a time stay in registers: runs of eight are sorted there, longer ones are
/// merged two at a time, by two steps of the network on four values at once. What a run lacks counts as +∞, which stays where it is, so no step touches it.
/// </summary>
internal sealed class SortingNetwork
{
    private const int Block = 8;

    private readonly LaneArray _blocks;
    private readonly int _values;

    public SortingNetwork(int values)
    {
        _values = values;
        _blocks = new LaneArray((values + Block - 1) / Block * Block);
        _blocks.Lanes.Fill(new Vector<float>(float.PositiveInfinity));
    }

    /// <summary>What is sorted: to be filled before, and free to be changed after it.</summary>
    public Span<Vector<float>> Values => _blocks.Lanes[.._values];

    /// <summary>Sorts each lane of <see cref="Values"/> ascending. No NaN may be among them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sort()
    {
        var blocks = _blocks.Lanes;
        ref var first = ref MemoryMarshal.GetReference(blocks);
        for (var start = 0; start < blocks.Length; start += Block)
            SortBlock(ref Unsafe.Add(ref first, start));
        for (var run = Block; run < blocks.Length; run *= 2)
        {
            for (var start = 0; start + run < blocks.Length; start += 2 * run)
                Merge(ref Unsafe.Add(ref first, start), run, Math.Min(2 * run, blocks.Length - start));
        }
    }

    /// <summary>Makes one of two ascending runs.</summary>
    /// <param name="first">The first of <paramref name="run"/> values, which the others follow.</param>
    /// <param name="count">Of both: more than one run, at most two.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Merge(ref Vector<float> first, int run, int count)
    {
        var half = run / 2;
        if (count < 2 * run || half < Block)
        {
            for (var i = (2 * run) - count; i < run; i++)
                Exchange(ref Unsafe.Add(ref first, i), ref Unsafe.Add(ref first, (2 * run) - 1 - i));
            Clean(ref first, half, run);
            Clean(ref Unsafe.Add(ref first, run), half, count - run);
            return;
        }
        for (var i = 0; i < half; i++)
        {
            ref var a = ref Unsafe.Add(ref first, i);
            ref var b = ref Unsafe.Add(ref first, i + half);
            ref var c = ref Unsafe.Add(ref first, run + half - 1 - i);
            ref var d = ref Unsafe.Add(ref first, run + run - 1 - i);
            var (e, f, g, h) = (a, b, c, d);
            Exchange(ref e, ref h);
            Exchange(ref f, ref g);
            Exchange(ref e, ref f);
            Exchange(ref g, ref h);
            (a, b, c, d) = (e, f, g, h);
        }
        for (var start = 0; start < count; start += half)
            Clean(ref Unsafe.Add(ref first, start), half / 2, half);
    }

    /// <summary>Puts a bitonic sequence in order.</summary>
    /// <param name="reach">Half its whole length.</param>
    /// <param name="count">How much of it is there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clean(ref Vector<float> first, int reach, int count)
    {
        if (reach < Block)
        {
            CleanBlock(ref first);
            return;
        }
        var half = reach / 2;
        if (count < 2 * reach || half < Block)
        {
            for (var i = 0; i < count - reach; i++)
                Exchange(ref Unsafe.Add(ref first, i), ref Unsafe.Add(ref first, i + reach));
            Clean(ref first, half, Math.Min(reach, count));
            if (count > reach)
                Clean(ref Unsafe.Add(ref first, reach), half, count - reach);
            return;
        }
        for (var i = 0; i < half; i++)
        {
            ref var a = ref Unsafe.Add(ref first, i);
            ref var b = ref Unsafe.Add(ref first, i + half);
            ref var c = ref Unsafe.Add(ref first, i + reach);
            ref var d = ref Unsafe.Add(ref first, i + reach + half);
            var (e, f, g, h) = (a, b, c, d);
            Exchange(ref e, ref g);
            Exchange(ref f, ref h);
            Exchange(ref e, ref f);
            Exchange(ref g, ref h);
            (a, b, c, d) = (e, f, g, h);
        }
        for (var start = 0; start < count; start += half)
            Clean(ref Unsafe.Add(ref first, start), half / 2, half);
    }

    /// <summary>The least network for eight values: 19 exchanges (Knuth, TAOCP 3, 5.3.4).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SortBlock(ref Vector<float> first)
    {
        var (a, b, c, d) = (first, Unsafe.Add(ref first, 1), Unsafe.Add(ref first, 2), Unsafe.Add(ref first, 3));
        var (e, f, g, h) = (Unsafe.Add(ref first, 4), Unsafe.Add(ref first, 5), Unsafe.Add(ref first, 6), Unsafe.Add(ref first, 7));
        Exchange(ref a, ref c);
        Exchange(ref b, ref d);
        Exchange(ref e, ref g);
        Exchange(ref f, ref h);
        Exchange(ref a, ref e);
        Exchange(ref b, ref f);
        Exchange(ref c, ref g);
        Exchange(ref d, ref h);
        Exchange(ref a, ref b);
        Exchange(ref c, ref d);
        Exchange(ref e, ref f);
        Exchange(ref g, ref h);
        Exchange(ref c, ref e);
        Exchange(ref d, ref f);
        Exchange(ref b, ref e);
        Exchange(ref d, ref g);
        Exchange(ref b, ref c);
        Exchange(ref d, ref e);
        Exchange(ref f, ref g);
        Store(ref first, a, b, c, d);
        Store(ref Unsafe.Add(ref first, 4), e, f, g, h);
    }

    /// <summary>The last three steps of a merge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CleanBlock(ref Vector<float> first)
    {
        var (a, b, c, d) = (first, Unsafe.Add(ref first, 1), Unsafe.Add(ref first, 2), Unsafe.Add(ref first, 3));
        var (e, f, g, h) = (Unsafe.Add(ref first, 4), Unsafe.Add(ref first, 5), Unsafe.Add(ref first, 6), Unsafe.Add(ref first, 7));
        Exchange(ref a, ref e);
        Exchange(ref b, ref f);
        Exchange(ref c, ref g);
        Exchange(ref d, ref h);
        Exchange(ref a, ref c);
        Exchange(ref b, ref d);
        Exchange(ref e, ref g);
        Exchange(ref f, ref h);
        Exchange(ref a, ref b);
        Exchange(ref c, ref d);
        Exchange(ref e, ref f);
        Exchange(ref g, ref h);
        Store(ref first, a, b, c, d);
        Store(ref Unsafe.Add(ref first, 4), e, f, g, h);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref Vector<float> first, Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d)
    {
        first = a;
        Unsafe.Add(ref first, 1) = b;
        Unsafe.Add(ref first, 2) = c;
        Unsafe.Add(ref first, 3) = d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(ref Vector<float> low, ref Vector<float> high)
    {
        var least = Vector.MinNative(low, high);
        high = Vector.MaxNative(low, high);
        low = least;
    }
}
