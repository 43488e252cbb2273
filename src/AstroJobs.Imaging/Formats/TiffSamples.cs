using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Formats;

/// <summary>Stored TIFF numbers, in this machine's byte order, to raw samples: unsigned 8 and 16 bits and 32-bit float stay, all else becomes float.</summary>
internal static class TiffSamples
{
    public static void ToRaw(TiffLayout layout, ReadOnlySpan<byte> stored, Span<byte> raw)
    {
        if (layout.IsRaw)
            stored.CopyTo(raw);
        else
            ToFloat(layout, stored, MemoryMarshal.Cast<byte, float>(raw));
        if (layout.IsInverted)
            Invert(layout, raw);
    }

    public static void SwapBytes(Span<byte> stored, int bytesPerSample)
    {
        switch (bytesPerSample)
        {
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(stored);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                var ints = MemoryMarshal.Cast<byte, uint>(stored);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, ulong>(stored);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }

    private static void ToFloat(TiffLayout layout, ReadOnlySpan<byte> stored, Span<float> samples)
    {
        switch (layout.BitsPerSample)
        {
            case 8: // signed, for unsigned is raw
                Convert(MemoryMarshal.Cast<byte, sbyte>(stored), samples, value => value / (float)byte.MaxValue);
                break;
            case 16 when layout.IsFloat:
                Convert(MemoryMarshal.Cast<byte, Half>(stored), samples, value => (float)value);
                break;
            case 16:
                Convert(MemoryMarshal.Cast<byte, short>(stored), samples, value => value / (float)ushort.MaxValue);
                break;
            case 32 when layout.IsSigned:
                Convert(MemoryMarshal.Cast<byte, int>(stored), samples, value => (float)(value / (double)uint.MaxValue));
                break;
            case 32:
                Convert(MemoryMarshal.Cast<byte, uint>(stored), samples, value => (float)(value / (double)uint.MaxValue));
                break;
            default:
                Convert(MemoryMarshal.Cast<byte, double>(stored), samples, value => (float)value);
                break;
        }
    }

    private static void Convert<T>(ReadOnlySpan<T> stored, Span<float> samples, Func<T, float> convert)
    {
        for (var i = 0; i < stored.Length; i++)
            samples[i] = convert(stored[i]);
    }

    // WhiteIsZero: full scale minus the sample, which for unsigned integers is every bit turned.
    private static void Invert(TiffLayout layout, Span<byte> raw)
    {
        if (layout.IsRaw && !layout.IsFloat)
        {
            foreach (ref var value in raw)
                value = (byte)~value;
            return;
        }
        foreach (ref var sample in MemoryMarshal.Cast<byte, float>(raw))
            sample = 1 - sample;
    }
}
