using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Rendering;

/// <summary>Makes a small picture of a large one whose rows come once, top down: each small pixel is the mean of the area it covers.</summary>
internal sealed class PreviewBuilder : IDisposable
{
    private readonly int _width;
    private readonly int _height;
    private readonly Frame _sum;

    /// <param name="longestSide">No side of the small picture is longer, pixels; a picture that is small already keeps its size.</param>
    public PreviewBuilder(int width, int height, int channels, int longestSide)
    {
        (_width, _height) = (width, height);
        var size = SizeOf(width, height, longestSide);
        _sum = new Frame(size.Width, size.Height, channels);
    }

    /// <summary>Memory that it takes.</summary>
    public static long BytesFor(int width, int height, int channels, int longestSide)
    {
        var size = SizeOf(width, height, longestSide);
        return (long)size.Width * size.Height * channels * sizeof(float);
    }

    /// <param name="rows">Whole rows of one channel; NaN counts as black.</param>
    public void Add(int channel, int firstRow, ReadOnlySpan<float> rows)
    {
        var scale = (double)_sum.Height / _height;
        for (var i = 0; i < rows.Length / _width; i++)
        {
            // The row covers [y, y + 1) · scale of the small picture: one of its rows, or parts of two.
            var (top, bottom) = ((firstRow + i) * scale, (firstRow + i + 1) * scale);
            var first = Math.Min((int)top, _sum.Height - 1);
            var upper = Math.Min(bottom, first + 1) - top;
            var row = rows.Slice(i * _width, _width);
            AddRow(_sum.Row(channel, first), row, (float)upper);
            if (bottom - (first + 1) > 1e-9 && first + 1 < _sum.Height)
                AddRow(_sum.Row(channel, first + 1), row, (float)(bottom - (first + 1)));
        }
    }

    /// <summary>The small picture; the builder lets go of it.</summary>
    public Frame Finish() => _sum;

    public void Dispose() => _sum.Dispose();

    private static (int Width, int Height) SizeOf(int width, int height, int longestSide)
    {
        var scale = Math.Min(1, (double)longestSide / Math.Max(width, height));
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRow(Span<float> target, ReadOnlySpan<float> row, float weight)
    {
        if (target.Length == row.Length)
        {
            for (var x = 0; x < row.Length; x++)
                target[x] += weight * Known(row[x]);
            return;
        }
        var step = (float)_width / target.Length;
        var perPixel = weight / step;
        for (var x = 0; x < target.Length; x++)
        {
            var (left, right) = (x * step, Math.Min((x + 1) * step, _width));
            var (first, last) = ((int)left, Math.Min((int)right, _width - 1));
            var sum = -Known(row[first]) * (left - first);
            for (var i = first; i < last; i++)
                sum += Known(row[i]);
            target[x] += perPixel * (sum + (Known(row[last]) * (right - last)));
        }
    }

    private static float Known(float value) => float.IsNaN(value) ? 0 : value;
}
