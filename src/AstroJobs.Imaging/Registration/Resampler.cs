using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Draws rows of a frame as the reference would have seen them.
/// r(x, y) = Σⱼ wy[j] · Σᵢ wx[i] · s[top + j][left + i], 8 × 8 Lanczos-4 taps. Lanes are the eight columns: each row is one load and one
/// multiply-add by its wy, one multiply by wx and one sum close the pixel.
/// Where the result lies below the four nearest pixels by more than the noise allows, a negative lobe has hit a bright star and would
/// draw a dark ring: the bilinear value stands instead. The same when a far tap holds no data.
/// </summary>
internal static unsafe class Resampler
{
    /// <param name="plane">One channel of the window.</param>
    /// <param name="fromReference">Result pixels to frame pixels.</param>
    /// <param name="x">Result column of the first pixel of <paramref name="row"/>.</param>
    /// <param name="undershoot">How far below its neighbours noise alone may take a pixel, sample units.</param>
    /// <param name="row">NaN is written where the frame does not reach.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(
        ReadOnlySpan<float> plane, WindowBounds bounds, PixelMap fromReference, int x, int y, int frameWidth, int frameHeight, float undershoot, Span<float> row)
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
                var lowest = float.MinNative(float.MinNative(near[0], near[1]), float.MinNative(near[bounds.Width], near[bounds.Width + 1]));
                row[i] = value >= lowest - undershoot ? value : Bilinear(near, bounds.Width, (float)(sx - ix), (float)(sy - iy));
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

    internal static float Bilinear(float* near, int stride, float fx, float fy)
    {
        var top = near[0] + (fx == 0 ? 0 : fx * (near[1] - near[0]));
        if (fy == 0)
            return top;
        var bottom = near[stride] + (fx == 0 ? 0 : fx * (near[stride + 1] - near[stride]));
        return top + (fy * (bottom - top));
    }
}
