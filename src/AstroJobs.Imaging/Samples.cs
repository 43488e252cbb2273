using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AstroJobs.Imaging;

/// <summary>Stored samples to floats in [0,1] and back. Integers are divided by the full range of their format; going back they are clamped and rounded, NaN becomes 0.</summary>
/// <remarks>
/// read: s = n / max; write: n = ⌊min(max(s, 0), 1) · max + ½⌋. The quotient is correctly rounded, so every stored value survives the way there and back.
/// Lanes: 32 bytes (16 shorts) are widened to four (two) vectors of eight ints, converted and divided; tails go through the scalar twin.
/// </remarks>
public static class Samples
{
    private const float MaxUInt8 = byte.MaxValue;
    private const float MaxUInt16 = ushort.MaxValue;

    public static int BytesPerSample(this SampleFormat format) => format switch
    {
        SampleFormat.UInt8 => 1,
        SampleFormat.UInt16 => 2,
        SampleFormat.Float64 => 8,
        _ => 4,
    };

    /// <summary>Little-endian samples of <paramref name="format"/> (UInt8, UInt16 or Float32) as floats.</summary>
    public static void ToFloat(SampleFormat format, ReadOnlySpan<byte> raw, Span<float> samples)
    {
        switch (format)
        {
            case SampleFormat.UInt8:
                ToFloat(raw, samples);
                break;
            case SampleFormat.UInt16:
                ToFloat(MemoryMarshal.Cast<byte, ushort>(raw), samples);
                break;
            case SampleFormat.Float32:
                MemoryMarshal.Cast<byte, float>(raw).CopyTo(samples);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "Raw samples are UInt8, UInt16 or Float32.");
        }
    }

    /// <summary>Floats as little-endian samples of <paramref name="format"/> (UInt8, UInt16, UInt32 or Float32).</summary>
    public static void FromFloat(SampleFormat format, ReadOnlySpan<float> samples, Span<byte> raw)
    {
        switch (format)
        {
            case SampleFormat.UInt8:
                ToUInt8(samples, raw);
                break;
            case SampleFormat.UInt16:
                ToUInt16(samples, MemoryMarshal.Cast<byte, ushort>(raw));
                break;
            case SampleFormat.UInt32:
                ToUInt32(samples, MemoryMarshal.Cast<byte, uint>(raw));
                break;
            case SampleFormat.Float32:
                MemoryMarshal.AsBytes(samples).CopyTo(raw);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "Samples are written as UInt8, UInt16, UInt32 or Float32.");
        }
    }

    public static void ToFloat(ReadOnlySpan<byte> source, Span<float> target)
    {
        target = target[..source.Length];
        var done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var (max, reciprocal) = (Vector256.Create(MaxUInt8), Vector256.Create(1 / MaxUInt8));
            for (; done <= source.Length - Vector256<byte>.Count; done += Vector256<byte>.Count)
            {
                var (low, high) = Vector256.Widen(Vector256.Create(source[done..]));
                var (a, b) = Vector256.Widen(low);
                var (c, d) = Vector256.Widen(high);
                Quotient(a, max, reciprocal).CopyTo(target[done..]);
                Quotient(b, max, reciprocal).CopyTo(target[(done + 8)..]);
                Quotient(c, max, reciprocal).CopyTo(target[(done + 16)..]);
                Quotient(d, max, reciprocal).CopyTo(target[(done + 24)..]);
            }
        }
        ToFloatScalar(source[done..], target[done..]);
    }

    public static void ToFloat(ReadOnlySpan<ushort> source, Span<float> target)
    {
        target = target[..source.Length];
        var done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var (max, reciprocal) = (Vector256.Create(MaxUInt16), Vector256.Create(1 / MaxUInt16));
            for (; done <= source.Length - Vector256<ushort>.Count; done += Vector256<ushort>.Count)
            {
                var (low, high) = Vector256.Widen(Vector256.Create(source[done..]));
                Quotient(low, max, reciprocal).CopyTo(target[done..]);
                Quotient(high, max, reciprocal).CopyTo(target[(done + 8)..]);
            }
        }
        ToFloatScalar(source[done..], target[done..]);
    }

    /// <summary>Shorts counted from −32768 on, as FITS has unsigned ones (BZERO = 32768), become such counted from 0; and back.</summary>
    public static void FlipSign(Span<ushort> samples)
    {
        const ushort sign = 0x8000;
        var done = 0;
        for (; done <= samples.Length - Vector<ushort>.Count; done += Vector<ushort>.Count)
            (new Vector<ushort>(samples[done..]) ^ new Vector<ushort>(sign)).CopyTo(samples[done..]);
        foreach (ref var sample in samples[done..])
            sample ^= sign;
    }

    public static void ToUInt8(ReadOnlySpan<float> source, Span<byte> target)
    {
        target = target[..source.Length];
        var done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; done <= source.Length - Vector256<byte>.Count; done += Vector256<byte>.Count)
            {
                var low = Vector256.Narrow(Quantize(source[done..], MaxUInt8), Quantize(source[(done + 8)..], MaxUInt8));
                var high = Vector256.Narrow(Quantize(source[(done + 16)..], MaxUInt8), Quantize(source[(done + 24)..], MaxUInt8));
                Vector256.Narrow(low, high).AsByte().CopyTo(target[done..]);
            }
        }
        ToUInt8Scalar(source[done..], target[done..]);
    }

    public static void ToUInt16(ReadOnlySpan<float> source, Span<ushort> target)
    {
        target = target[..source.Length];
        var done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; done <= source.Length - Vector256<ushort>.Count; done += Vector256<ushort>.Count)
                Vector256.Narrow(Quantize(source[done..], MaxUInt16), Quantize(source[(done + 8)..], MaxUInt16)).AsUInt16().CopyTo(target[done..]);
        }
        ToUInt16Scalar(source[done..], target[done..]);
    }

    public static void ToUInt32(ReadOnlySpan<float> source, Span<uint> target)
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = (uint)Math.Round((source[i] > 0 ? Math.Min(source[i], 1.0) : 0.0) * uint.MaxValue);
    }

    /// <summary>The largest sample; NaN is passed over. Negative infinity for none.</summary>
    public static float Max(ReadOnlySpan<float> source)
    {
        var (largest, done) = (float.NegativeInfinity, 0);
        if (Vector256.IsHardwareAccelerated && source.Length >= Vector256<float>.Count)
        {
            var lanes = Vector256.Create(largest);
            for (; done <= source.Length - Vector256<float>.Count; done += Vector256<float>.Count)
            {
                var samples = Vector256.Create(source[done..]);
                lanes = Vector256.ConditionalSelect(Vector256.GreaterThan(samples, lanes), samples, lanes);
            }
            for (var i = 0; i < Vector256<float>.Count; i++)
                largest = Math.Max(largest, lanes[i]);
        }
        return Math.Max(largest, MaxScalar(source[done..]));
    }

    public static void Divide(Span<float> samples, float divisor)
    {
        var done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; done <= samples.Length - Vector256<float>.Count; done += Vector256<float>.Count)
                (Vector256.Create<float>(samples[done..]) / divisor).CopyTo(samples[done..]);
        }
        foreach (ref var sample in samples[done..])
            sample /= divisor;
    }

    internal static float MaxScalar(ReadOnlySpan<float> source)
    {
        var largest = float.NegativeInfinity;
        foreach (var sample in source)
        {
            if (sample > largest)
                largest = sample;
        }
        return largest;
    }

    internal static void ToFloatScalar(ReadOnlySpan<byte> source, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = source[i] / MaxUInt8;
    }

    internal static void ToFloatScalar(ReadOnlySpan<ushort> source, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = source[i] / MaxUInt16;
    }

    internal static void ToUInt8Scalar(ReadOnlySpan<float> source, Span<byte> target)
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = (byte)Quantize(source[i], MaxUInt8);
    }

    internal static void ToUInt16Scalar(ReadOnlySpan<float> source, Span<ushort> target)
    {
        for (var i = 0; i < source.Length; i++)
            target[i] = (ushort)Quantize(source[i], MaxUInt16);
    }

    // With one rounding, product and rest are exact enough that two of them divide as the processor does (Markstein 1990), in half the time.
    private static Vector256<float> Quotient(Vector256<uint> stored, Vector256<float> max, Vector256<float> reciprocal)
    {
        var number = Vector256.ConvertToSingle(stored.AsInt32());
        if (!Fma.IsSupported)
            return number / max;
        var quotient = number * reciprocal;
        return Fma.MultiplyAdd(Fma.MultiplyAddNegated(quotient, max, number), reciprocal, quotient);
    }

    // A comparison with NaN is false, so NaN takes the zero.
    private static int Quantize(float sample, float max) => (int)(((sample > 0 ? MathF.Min(sample, 1f) : 0f) * max) + 0.5f);

    private static Vector256<int> Quantize(ReadOnlySpan<float> source, float max)
    {
        var samples = Vector256.Create(source);
        var clamped = Vector256.ConditionalSelect(Vector256.GreaterThan(samples, Vector256<float>.Zero), samples, Vector256<float>.Zero);
        return Vector256.ConvertToInt32((Vector256.Min(clamped, Vector256<float>.One) * max) + Vector256.Create(0.5f));
    }
}
