using System.Runtime.InteropServices;
using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging;

/// <summary>Zeroed native memory for samples: aligned for vectors, freed at once when disposed, never moved or counted by the GC.</summary>
internal sealed unsafe class PixelBuffer : SafeHandle
{
    private const int Alignment = 64; // a cache line, and one Vector512

    private readonly float* _first;

    static PixelBuffer() => LibC.ReturnLargeBlocks();

    public PixelBuffer(long samples) : base(0, ownsHandle: true)
    {
        Samples = samples;
        var bytes = samples * sizeof(float);
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)bytes + Alignment)); // pages of a large block are zero, and no memory, until they are written to
        _first = (float*)((handle + Alignment - 1) & -Alignment);
        LibC.WantLargePages((nint)_first, bytes);
    }

    public long Samples { get; }

    public override bool IsInvalid => handle == 0;

    public Span<float> Slice(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Samples);
        return new Span<float>(_first + offset, length);
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
