using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AstroJobs.Imaging.Registration;

/// <summary>
/// Draws rows of a frame as the reference would have seen them where each pixel's place is given: bent and tilted frames, and all kernels.
/// The same arithmetic and the same care for dark rings as in <see cref="Resampler"/>, whose places lie on straight lines.
/// </summary>
internal static unsafe class MappedResampler
{
    /// <param name="plane">One channel of the window.</param>
    /// <param name="sx">Frame column of each pixel of <paramref name="row"/>.</param>
    /// <param name="row">NaN is written where the frame does not reach.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Row(
        ResamplingKernel kernel, ReadOnlySpan<float> plane, WindowBounds bounds, ReadOnlySpan<double> sx, ReadOnlySpan<double> sy, int frameWidth, int frameHeight, RingGuard guard, Span<float> row)
    {
        var (right, bottom) = (frameWidth - 1.0, frameHeight - 1.0);
        var isWeighed = kernel is not (ResamplingKernel.Bilinear or ResamplingKernel.Nearest);
        ref var weights = ref MemoryMarshal.GetReference(KernelTable.Of(kernel));
        fixed (float* window = plane)
        fixed (float* table = &weights)
        {
            for (var i = 0; i < row.Length; i++)
            {
                var (x, y) = (sx[i], sy[i]);
                if (!(x >= 0 && y >= 0 && x <= right && y <= bottom))
                {
                    row[i] = float.NaN;
                    continue;
                }
                var (ix, iy) = ((int)x, (int)y);
                var near = window + ((long)(iy - bounds.Top) * bounds.Width) + (ix - bounds.Left);
                row[i] = isWeighed
                    ? Weighed(near, bounds.Width, table, x - ix, y - iy, guard)
                    : kernel == ResamplingKernel.Nearest
                        ? near[((y - iy >= 0.5 ? 1 : 0) * bounds.Width) + (x - ix >= 0.5 ? 1 : 0)]
                        : Resampler.Bilinear(near, bounds.Width, (float)(x - ix), (float)(y - iy));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Weighed(float* near, int stride, float* table, double fx, double fy, RingGuard guard)
    {
        var corner = near - (LanczosTable.Before * stride) - LanczosTable.Before;
        var wx = table + ((int)((fx * LanczosTable.Phases) + 0.5) * LanczosTable.Taps);
        var wy = table + ((int)((fy * LanczosTable.Phases) + 0.5) * LanczosTable.Taps);
        var value = Vector256.IsHardwareAccelerated ? Resampler.Sum(corner, stride, wx, wy)
            : Vector128.IsHardwareAccelerated ? Resampler.SumByHalves(corner, stride, wx, wy)
            : Resampler.SumScalar(corner, stride, wx, wy);
        return Resampler.Guarded(value, near, stride, (float)fx, (float)fy, guard);
    }
}
