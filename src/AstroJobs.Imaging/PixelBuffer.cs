using System.Runtime.InteropServices;

namespace AstroJobs.Imaging;

/// <summary>Zeroed native memory for samples: aligned for vectors, freed at once when disposed, never moved or counted by the GC.</summary>
internal sealed unsafe class PixelBuffer : SafeHandle
{
    private const int Alignment = 64; // a cache line, and one Vector512

    public PixelBuffer(long samples) : base(0, ownsHandle: true)
    {
        Samples = samples;
        var bytes = (nuint)samples * sizeof(float);
        SetHandle((nint)NativeMemory.AlignedAlloc(Math.Max(bytes, Alignment), Alignment));
        NativeMemory.Clear((void*)handle, bytes);
    }

    public long Samples { get; }

    public override bool IsInvalid => handle == 0;

    public Span<float> Slice(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Samples);
        return new Span<float>((float*)handle + offset, length);
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
