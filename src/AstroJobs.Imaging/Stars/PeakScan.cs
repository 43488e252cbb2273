using System.Numerics;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stars;

/// <summary>
/// Finds the local maxima of a plane smoothed by (1 2 1)⊗(1 2 1)/16 that stand above the noise, in one walk over its rows.
/// The smoothed plane never exists whole: three rows of it roll along.
/// </summary>
internal static class PeakScan
{
    private const int MostPeaks = 6000;
    private const int NoiseRows = 48;

    /// <param name="plane">Samples with the sky taken off.</param>
    /// <param name="threshold">In sigmas of the smoothed plane.</param>
    /// <returns>The highest peaks first.</returns>
    public static List<Peak> Find(ReadOnlySpan<float> plane, int width, int height, BackgroundMesh sky, float threshold)
    {
        var peaks = new List<Peak>();
        if (width < 3 || height < 3)
            return peaks;
        var scratch = new float[width];
        var level = threshold * SmoothedNoise(plane, width, height, sky, scratch);
        float[] above = new float[width], row = new float[width], below = new float[width], limit = new float[width];
        Smooth(plane, width, 1, scratch, row);
        for (var y = 1; y < height - 1; y++)
        {
            if (y + 1 < height - 1)
                Smooth(plane, width, y + 1, scratch, below);
            else
                Array.Clear(below);
            sky.SigmaRow(y, limit);
            FindInRow(y, above, row, below, limit, level, peaks);
            (above, row, below) = (row, below, above);
        }
        peaks.Sort((a, b) => b.Height != a.Height ? b.Height.CompareTo(a.Height) : a.Y != b.Y ? a.Y.CompareTo(b.Y) : a.X.CompareTo(b.X));
        if (peaks.Count > MostPeaks)
            peaks.RemoveRange(MostPeaks, peaks.Count - MostPeaks);
        return peaks;
    }

    /// <summary>The deviation of the smoothed plane in units of a pixel's: 0.375 for white noise, more where neighbours share noise (mosaics, JPEG).</summary>
    private static float SmoothedNoise(ReadOnlySpan<float> plane, int width, int height, BackgroundMesh sky, float[] scratch)
    {
        var (smooth, sigma) = (new float[width], new float[width]);
        var samples = new List<float>();
        var step = Math.Max(1, (height - 2) / NoiseRows);
        for (var y = 1; y < height - 1; y += step)
        {
            Smooth(plane, width, y, scratch, smooth);
            sky.SigmaRow(y, sigma);
            for (var x = 1; x < width - 1; x += 7)
                samples.Add(sigma[x] > 0 ? smooth[x] / sigma[x] : 0);
        }
        var noise = ClippedStatistics.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(samples)).Sigma;
        return Math.Clamp(noise, 0.2f, 1f);
    }

    private static void Smooth(ReadOnlySpan<float> plane, int width, int y, Span<float> scratch, Span<float> smooth)
    {
        var a = plane.Slice((y - 1) * width, width);
        var b = plane.Slice(y * width, width);
        var c = plane.Slice((y + 1) * width, width);
        var x = 0;
        for (; x <= width - Vector<float>.Count; x += Vector<float>.Count)
        {
            var middle = new Vector<float>(b[x..]);
            (new Vector<float>(a[x..]) + middle + middle + new Vector<float>(c[x..])).CopyTo(scratch[x..]);
        }
        for (; x < width; x++)
            scratch[x] = a[x] + b[x] + b[x] + c[x];
        smooth[0] = smooth[width - 1] = 0;
        x = 1;
        for (; x <= width - 1 - Vector<float>.Count; x += Vector<float>.Count)
        {
            var middle = new Vector<float>(scratch[x..]);
            ((new Vector<float>(scratch[(x - 1)..]) + middle + middle + new Vector<float>(scratch[(x + 1)..])) * 0.0625f).CopyTo(smooth[x..]);
        }
        for (; x < width - 1; x++)
            smooth[x] = (scratch[x - 1] + scratch[x] + scratch[x] + scratch[x + 1]) * 0.0625f;
    }

    private static void FindInRow(int y, float[] above, float[] row, float[] below, float[] sigma, float level, List<Peak> peaks)
    {
        var x = 1;
        while (x < row.Length - 1)
        {
            if (x <= row.Length - Vector<float>.Count && !Vector.GreaterThanAny(new Vector<float>(row, x), new Vector<float>(sigma, x) * level))
            {
                x += Vector<float>.Count;
                continue;
            }
            var end = Math.Min(x + Vector<float>.Count, row.Length - 1);
            for (; x < end; x++)
            {
                var value = row[x];
                // Of equal neighbours the first in reading order is the peak, so a flat top is one.
                if (value > level * sigma[x]
                    && value > row[x - 1] && value >= row[x + 1]
                    && value > above[x - 1] && value > above[x] && value > above[x + 1]
                    && value >= below[x - 1] && value >= below[x] && value >= below[x + 1])
                    peaks.Add(new Peak(x, y, value));
            }
        }
    }

    /// <summary>A pixel that is brighter than its eight neighbours in the smoothed plane.</summary>
    internal readonly record struct Peak(int X, int Y, float Height);
}
