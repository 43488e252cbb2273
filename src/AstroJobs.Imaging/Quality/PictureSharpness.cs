using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Quality;

/// <summary>How much fine detail a picture without stars shows.</summary>
internal static class PictureSharpness
{
    /// <summary>
    /// Root mean square slope over root mean square contrast, of the picture smoothed by (1 2 1)⊗(1 2 1)/16 against noise; a pixel. Neither brightness nor
    /// level changes it; blur takes slopes and leaves contrast.
    /// </summary>
    public static double Of(DetectionPlane plane)
    {
        var (width, height) = (plane.Width, plane.Height);
        if (width < 5 || height < 5)
            return 0;
        float[] above = new float[width], row = new float[width], below = new float[width];
        Smooth(plane, 1, row);
        Smooth(plane, 2, below);
        double slopes = 0, sum = 0, squares = 0;
        long count = 0;
        for (var y = 2; y < height - 2; y++)
        {
            (above, row, below) = (row, below, above);
            Smooth(plane, y + 1, below);
            for (var x = 2; x < width - 2; x++)
            {
                double value = row[x], across = row[x + 1] - row[x - 1], down = below[x] - above[x];
                if (!double.IsFinite(value + across + down))
                    continue;
                slopes += (across * across) + (down * down);
                (sum, squares, count) = (sum + value, squares + (value * value), count + 1);
            }
        }
        var variance = count > 0 ? (squares / count) - (sum / count * (sum / count)) : 0;
        return variance > 0 ? Math.Sqrt(slopes / 4 / count / variance) : 0;
    }

    private static void Smooth(DetectionPlane plane, int y, float[] row)
    {
        var width = plane.Width;
        var a = plane.Samples.Slice((y - 1) * width, width);
        var b = plane.Samples.Slice(y * width, width);
        var c = plane.Samples.Slice((y + 1) * width, width);
        for (var x = 1; x < width - 1; x++)
        {
            row[x] = (a[x - 1] + (2 * a[x]) + a[x + 1] + (2 * (b[x - 1] + (2 * b[x]) + b[x + 1])) + c[x - 1] + (2 * c[x]) + c[x + 1]) / 16;
        }
    }
}
