using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging;

/// <summary>Vectors that begin on a cache line and stay there: one that lies across two lines takes longer to store. Zero at first.</summary>
internal sealed class LaneArray
{
    private const int CacheLine = 64;

    private readonly byte[] _pinned;
    private readonly int _start;
    private readonly int _bytes;

    /// <param name="count">Vectors.</param>
    public unsafe LaneArray(int count)
    {
        _bytes = checked(count * Unsafe.SizeOf<Vector<float>>());
        _pinned = GC.AllocateArray<byte>(_bytes + CacheLine - 1, pinned: true);
        _start = (int)(-(long)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned)) & (CacheLine - 1)); // pinned: it does not move
    }

    public Span<Vector<float>> Lanes => MemoryMarshal.Cast<byte, Vector<float>>(_pinned.AsSpan(_start, _bytes));
}
