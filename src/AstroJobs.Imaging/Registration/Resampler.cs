using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Draws rows of a frame as the reference would have seen them.
/// r(x, y) = Σⱼ wy[j] · Σᵢ wx[i] · s[top + j][left + i], 8 × 8 Lanczos-4 taps. Lanes are the eight columns: each row is one load and one
/// multiply-add by its wy, one multiply by wx and one sum close the pixel.
/// Where a negative lobe has hit a bright star (<see cref="RingGuard"/>) the bilinear value stands instead. The same when a far tap holds no data.
/// </summary>
internal static unsafe class Resampler
{
    /// <param name="plane">One channel of the window.</param>
    /// <param name="fromReference">Result pixels to frame pixels.</param>
    /// <param name="x">Result column of the first pixel of <paramref name="row"/>.</param>
    /// <param name="row">NaN is written where the frame does not reach.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(
        ReadOnlySpan<float> plane, WindowBounds bounds, PixelMap fromReference, int x, int y, int frameWidth, int frameHeight, RingGuard guard, Span<float> row)
    {
        var (right, bottom) = (frameWidth - 1.0, frameHeight - 1.0);
        ref var weights = ref MemoryMarshal.GetReference(LanczosTable.Weights);
        fixed (float* window = plane)
        fixed (float* table = &weights)
        {
            // Of an affine map the part of the row is the same for all its pixels; the column's is not summed up, so tiles of any width agree.
            var isAffine = fromReference.IsAffine;
            var (rowX, rowY) = ((fromReference.B * y) + fromReference.C, (fromReference.E * y) + fromReference.F);
            for (var i = 0; i < row.Length; i++)
            {
                var (sx, sy) = isAffine
                    ? ((fromReference.A * (x + i)) + rowX, (fromReference.D * (x + i)) + rowY)
                    : fromReference.Map(x + i, y);
                if (!(sx >= 0 && sy >= 0 && sx <= right && sy <= bottom))
                {
                    row[i] = float.NaN;
                    continue;
                }
                var (ix, iy) = ((int)sx, (int)sy);
                var (px, py) = ((int)(((sx - ix) * LanczosTable.Phases) + 0.5), (int)(((sy - iy) * LanczosTable.Phases) + 0.5));
                var corner = window + ((long)(iy - LanczosTable.Before - bounds.Top) * bounds.Width) + (ix - LanczosTable.Before - bounds.Left);
                var wx = table + (px * LanczosTable.Taps);
                var wy = table + (py * LanczosTable.Taps);
                var value = Vector256.IsHardwareAccelerated ? Sum(corner, bounds.Width, wx, wy)
                    : Vector128.IsHardwareAccelerated ? SumByHalves(corner, bounds.Width, wx, wy)
                    : SumScalar(corner, bounds.Width, wx, wy);
                var near = corner + (LanczosTable.Before * bounds.Width) + LanczosTable.Before;
                row[i] = Guarded(value, near, bounds.Width, (float)(sx - ix), (float)(sy - iy), guard);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum(float* corner, int stride, float* wx, float* wy)
    {
        var even = Vector256.Load(corner) * wy[0];
        var odd = Vector256.Load(corner + stride) * wy[1];
        even = Vector256.MultiplyAddEstimate(Vector256.Load(corner + (2 * stride)), Vector256.Create(wy[2]), even);
        odd = Vector256.MultiplyAddEstimate(Vector256.Load(corner + (3 * stride)), Vector256.Create(wy[3]), odd);
        even = Vector256.MultiplyAddEstimate(Vector256.Load(corner + (4 * stride)), Vector256.Create(wy[4]), even);
        odd = Vector256.MultiplyAddEstimate(Vector256.Load(corner + (5 * stride)), Vector256.Create(wy[5]), odd);
        even = Vector256.MultiplyAddEstimate(Vector256.Load(corner + (6 * stride)), Vector256.Create(wy[6]), even);
        odd = Vector256.MultiplyAddEstimate(Vector256.Load(corner + (7 * stride)), Vector256.Create(wy[7]), odd);
        return Vector256.Sum((even + odd) * Vector256.Load(wx));
    }

    internal static float SumByHalves(float* corner, int stride, float* wx, float* wy)
    {
        var (left, right) = (Vector128<float>.Zero, Vector128<float>.Zero);
        for (var row = 0; row < LanczosTable.Taps; row++, corner += stride)
        {
            left = Vector128.MultiplyAddEstimate(Vector128.Load(corner), Vector128.Create(wy[row]), left);
            right = Vector128.MultiplyAddEstimate(Vector128.Load(corner + 4), Vector128.Create(wy[row]), right);
        }
        return Vector128.Sum((left * Vector128.Load(wx)) + (right * Vector128.Load(wx + 4)));
    }

    internal static float SumScalar(float* corner, int stride, float* wx, float* wy)
    {
        var sum = 0f;
        for (var row = 0; row < LanczosTable.Taps; row++, corner += stride)
        {
            var line = 0f;
            for (var tap = 0; tap < LanczosTable.Taps; tap++)
                line += wx[tap] * corner[tap];
            sum += wy[row] * line;
        }
        return sum;
    }

    /// <param name="near">The upper left one of the four nearest pixels.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Guarded(float value, float* near, int stride, float fx, float fy, RingGuard guard)
    {
        var lowest = float.MinNative(float.MinNative(near[0], near[1]), float.MinNative(near[stride], near[stride + 1]));
        return value >= lowest - guard.Noise || IsOfLonePixel(value, near, stride, lowest, guard) ? value : Bilinear(near, stride, fx, fy);
    }

    internal static float Bilinear(float* near, int stride, float fx, float fy)
    {
        var top = near[0] + (fx == 0 ? 0 : fx * (near[1] - near[0]));
        if (fy == 0)
            return top;
        var bottom = near[stride] + (fx == 0 ? 0 : fx * (near[stride + 1] - near[stride]));
        return top + (fy * (bottom - top));
    }

    private static bool IsOfLonePixel(float value, float* near, int stride, float lowest, RingGuard guard)
    {
        if (!guard.SparesLonePixels || float.IsNaN(value))
            return false;
        var (highest, second) = (lowest, lowest);
        var line = near - (LanczosTable.Before * stride) - LanczosTable.Before;
        for (var row = 0; row < LanczosTable.Taps; row++, line += stride)
        {
            for (var tap = 0; tap < LanczosTable.Taps; tap++)
            {
                var isInner = row is > 0 and < LanczosTable.Taps - 1 && tap is > 0 and < LanczosTable.Taps - 1;
                second = Math.Max(second, isInner ? Math.Min(highest, line[tap]) : line[tap]);
                highest = isInner ? Math.Max(highest, line[tap]) : highest;
            }
        }
        return second - lowest <= (RingGuard.LonePart * (highest - lowest)) + guard.Noise;
    }
}
