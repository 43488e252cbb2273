using System.Runtime.InteropServices;
using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging;

/// <summary>Native memory for bytes, not zeroed: freed at once when disposed, never moved or counted by the GC.</summary>
internal sealed unsafe class NativeBytes : SafeHandle
{
    public NativeBytes(long length) : base(0, ownsHandle: true)
    {
        Length = length;
        SetHandle((nint)NativeMemory.Alloc((nuint)Math.Max(length, 1)));
        LibC.WantLargePages(handle, length);
    }

    public long Length { get; }

    public override bool IsInvalid => handle == 0;

    /// <summary>The first byte, for a native call that takes the whole block.</summary>
    public ref byte First
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return ref *(byte*)handle;
        }
    }

    public Span<byte> Slice(long offset, int length)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length);
        return new Span<byte>((byte*)handle + offset, length);
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
