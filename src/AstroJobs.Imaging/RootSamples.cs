using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AstroJobs.Imaging;

/// <summary>
/// Floats in two bytes by their square root: r = sign(s)·√|s|, n = ⌊r·27800 + 9900 + ½⌋, and back s = ±((n − 9900) / 27800)². Steps grow as the noise of light
/// does: rounding adds 5·10⁻³ of the photon noise of a sensor that holds 50 000 electrons, at any level, and next to nothing about 0. Holds −0.12 … 4;
/// what lies beyond is held as the nearest. NaN stays NaN.
/// </summary>
/// <remarks>Lanes: sixteen samples as two vectors of eight; the tail goes through the scalar twin.</remarks>
internal static class RootSamples
{
    private const float Steps = 27800; // of a root of 1
    private const float Zero = 9900;
    private const float Last = ushort.MaxValue - 1;
    private const ushort NoData = ushort.MaxValue;
    private const float Square = 1 / (Steps * Steps);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FromFloat(ReadOnlySpan<float> source, Span<ushort> target)
    {
        target = target[..source.Length];
        var done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; done <= source.Length - Vector256<ushort>.Count; done += Vector256<ushort>.Count)
                Vector256.Narrow(Encode(source[done..]), Encode(source[(done + 8)..])).CopyTo(target[done..]);
        }
        FromFloatScalar(source[done..], target[done..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToFloat(ReadOnlySpan<ushort> source, Span<float> target)
    {
        target = target[..source.Length];
        var done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; done <= source.Length - Vector256<ushort>.Count; done += Vector256<ushort>.Count)
            {
                var (low, high) = Vector256.Widen(Vector256.Create(source[done..]));
                Decode(low).CopyTo(target[done..]);
                Decode(high).CopyTo(target[(done + 8)..]);
            }
        }
        ToFloatScalar(source[done..], target[done..]);
    }

    internal static void FromFloatScalar(ReadOnlySpan<float> source, Span<ushort> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var root = MathF.CopySign(MathF.Sqrt(MathF.Abs(source[i])), source[i]);
            target[i] = float.IsNaN(root) ? NoData : (ushort)(MathF.Min(MathF.Max((root * Steps) + Zero, 0), Last) + 0.5f);
        }
    }

    internal static void ToFloatScalar(ReadOnlySpan<ushort> source, Span<float> target)
    {
        for (var i = 0; i < source.Length; i++)
        {
            var root = source[i] - Zero;
            target[i] = source[i] == NoData ? float.NaN : root * MathF.Abs(root) * Square;
        }
    }

    private static Vector256<uint> Encode(ReadOnlySpan<float> source)
    {
        var samples = Vector256.Create(source);
        var root = Vector256.CopySign(Vector256.Sqrt(Vector256.Abs(samples)), samples);
        var step = (root * Steps) + Vector256.Create(Zero);
        var held = Vector256.Min(Vector256.Max(step, Vector256<float>.Zero), Vector256.Create(Last)) + Vector256.Create(0.5f);
        var isKnown = Vector256.Equals(samples, samples).AsUInt32();
        return Vector256.ConditionalSelect(isKnown, Vector256.ConvertToInt32(Vector256.ConditionalSelect(isKnown.AsSingle(), held, Vector256<float>.Zero)).AsUInt32(), Vector256.Create((uint)NoData));
    }

    private static Vector256<float> Decode(Vector256<uint> stored)
    {
        var root = Vector256.ConvertToSingle(stored.AsInt32()) - Vector256.Create(Zero);
        return Vector256.ConditionalSelect(Vector256.Equals(stored, Vector256.Create((uint)NoData)).AsSingle(), Vector256.Create(float.NaN), root * Vector256.Abs(root) * Square);
    }
}
