using System.Buffers;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Statistics;

/// <summary>
/// Ascending order of many samples in three passes over eleven bits of each: of tens of thousands that takes a tenth of the time of comparing them.
/// The bits of a float order like whole numbers once those of negative ones are turned round.
/// </summary>
internal static class RadixSort
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;
    private const int Fewest = 1024; // of fewer, comparing is as fast

    /// <param name="values">No NaN among them.</param>
    public static void Sort(Span<float> values)
    {
        if (values.Length < Fewest)
        {
            values.Sort();
            return;
        }
        var rented = ArrayPool<uint>.Shared.Rent(values.Length);
        var keys = MemoryMarshal.Cast<float, uint>(values);
        var room = rented.AsSpan(0, values.Length);
        Span<int> starts = stackalloc int[3 * Buckets];
        starts.Clear();
        foreach (ref var key in keys)
        {
            key ^= (key >> 31) == 0 ? 0x8000_0000 : 0xFFFF_FFFF;
            starts[(int)(key & (Buckets - 1))]++;
            starts[Buckets + (int)((key >> Bits) & (Buckets - 1))]++;
            starts[(2 * Buckets) + (int)(key >> (2 * Bits))]++;
        }
        Distribute(keys, room, starts[..Buckets], 0);
        Distribute(room, keys, starts.Slice(Buckets, Buckets), Bits);
        Distribute(keys, room, starts[(2 * Buckets)..], 2 * Bits);
        for (var i = 0; i < room.Length; i++)
            keys[i] = room[i] ^ ((room[i] >> 31) == 0 ? 0xFFFF_FFFF : 0x8000_0000);
        ArrayPool<uint>.Shared.Return(rented);
    }

    /// <param name="starts">How many keys each bucket gets; left in disorder.</param>
    private static void Distribute(ReadOnlySpan<uint> source, Span<uint> target, Span<int> starts, int shift)
    {
        var next = 0;
        foreach (ref var start in starts)
            (start, next) = (next, next + start);
        foreach (var key in source)
            target[starts[(int)((key >> shift) & (Buckets - 1))]++] = key;
    }
}
