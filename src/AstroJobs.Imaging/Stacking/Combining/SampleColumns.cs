using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Stacking.Combining;

/// <summary>
/// One tile of every frame side by side, so that all samples of a pixel can be looked at together. NaN is no data; a frame that was not added has none.
/// </summary>
internal sealed class SampleColumns(int frames, int samples) : IDisposable
{
    private const int LineSamples = 16; // a cache line

    // An odd number of cache lines apart: at a power of two all samples of a pixel would want the same place in the cache.
    private readonly long _stride = StrideOf(samples);
    private readonly PixelBuffer _values = new(frames * StrideOf(samples));
    private readonly bool[] _isPresent = new bool[frames];

    public static long BytesPerSample(int frames) => (long)frames * sizeof(float);

    public void Clear() => _isPresent.AsSpan().Clear();

    /// <summary>Every row of the tile is added, or none of this frame.</summary>
    public void Add(int frame, int offset, ReadOnlySpan<float> row)
    {
        _isPresent[frame] = true;
        row.CopyTo(_values.Slice((frame * _stride) + offset, row.Length));
    }

    /// <summary>The sample of the first frame; <see cref="Read(ref float, int)"/> finds the others from there.</summary>
    public ref float At(int offset, int length) => ref MemoryMarshal.GetReference(_values.Slice(offset, length));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Read(ref float first, int frame) => _isPresent[frame] ? Unsafe.Add(ref first, (nint)(frame * _stride)) : float.NaN;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> ReadLanes(ref float first, int frame) =>
        _isPresent[frame] ? Vector.LoadUnsafe(ref first, (nuint)(frame * _stride)) : new Vector<float>(float.NaN);

    public void Dispose() => _values.Dispose();

    private static long StrideOf(int samples) => (((samples + LineSamples - 1L) / LineSamples) | 1) * LineSamples;
}
