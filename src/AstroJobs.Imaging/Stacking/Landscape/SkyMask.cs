using AstroJobs.Imaging.Formats;

namespace AstroJobs.Imaging.Stacking.Landscape;

/// <summary>How much of each pixel is sky, 0 … 1, in squares of some pixels; bilinear in between.</summary>
internal sealed class SkyMask
{
    private readonly float[] _parts;
    private readonly int _columns;
    private readonly int _rows;
    private readonly double _side;

    /// <param name="side">Of a square, pixels.</param>
    public SkyMask(float[] parts, int columns, int rows, double side) => (_parts, _columns, _rows, _side) = (parts, columns, rows, side);

    /// <summary>0 … 1.</summary>
    public double SkyShare => _parts.Average();

    /// <exception cref="ImageException">It cannot be read, or is of another size.</exception>
    public static SkyMask Read(string path, int width, int height)
    {
        using var picture = ImageFile.Read(path);
        if (picture.Width != width || picture.Height != height)
            throw new ImageException(FormattableString.Invariant($"Cannot use the mask '{path}': it has {picture.Width}×{picture.Height} pixels, the result {width}×{height}."));
        return new SkyMask([.. picture.Plane(0).ToArray().Select(part => Math.Clamp(part, 0, 1))], width, height, 1);
    }

    /// <summary>Whether a place of the picture is more sky than ground; beyond its edge as at the edge.</summary>
    public bool IsSky(double x, double y)
    {
        var (column, row) = (Math.Clamp((x + 0.5) / _side, 0, _columns - 1), Math.Clamp((y + 0.5) / _side, 0, _rows - 1));
        return _parts[((int)row * _columns) + (int)column] >= 0.5f;
    }

    /// <summary>Sky only where all is sky so far around.</summary>
    public SkyMask Shrunk(int pixels)
    {
        var reach = Math.Max(1, (int)Math.Round(pixels / _side));
        float[] sharp = [.. _parts.Select(part => part >= 0.5f ? 1f : 0f)];
        var means = Blur(Blur(sharp, reach, 1, _columns, _columns, _rows), reach, _columns, _rows, 1, _columns);
        return new SkyMask([.. means.Select(part => part > 0.9999f ? 1f : 0f)], _columns, _rows, _side);
    }

    /// <summary>Softer: each square the mean of those around it, twice, which makes a smooth step.</summary>
    public SkyMask Feathered(int pixels)
    {
        var reach = (int)Math.Round(pixels / _side / 2);
        var parts = _parts;
        for (var round = 0; round < 2 && reach > 0; round++)
            parts = Blur(Blur(parts, reach, 1, _columns, _columns, _rows), reach, _columns, _rows, 1, _columns);
        return new SkyMask(parts, _columns, _rows, _side);
    }

    public void Row(int y, Span<float> row)
    {
        var (top, below, down) = Between(y, _rows);
        for (var x = 0; x < row.Length; x++)
        {
            var (left, next, right) = Between(x, _columns);
            var above = (_parts[(top * _columns) + left] * (1 - right)) + (_parts[(top * _columns) + next] * right);
            var under = (_parts[(below * _columns) + left] * (1 - right)) + (_parts[(below * _columns) + next] * right);
            row[x] = (above * (1 - down)) + (under * down);
        }
    }

    private (int First, int Second, float Part) Between(int pixel, int count)
    {
        var place = Math.Clamp(((pixel + 0.5) / _side) - 0.5, 0, count - 1);
        var first = Math.Min((int)place, count - 1);
        return (first, Math.Min(first + 1, count - 1), (float)(place - first));
    }

    /// <summary>Running means along one direction.</summary>
    /// <param name="step">From one square to the next.</param>
    /// <param name="length">Of a line.</param>
    /// <param name="lineStep">From one line to the next.</param>
    private static float[] Blur(float[] parts, int reach, int step, int length, int lineStep, int lines)
    {
        var result = new float[parts.Length];
        for (var line = 0; line < lines; line++)
        {
            var start = line * lineStep;
            double sum = 0;
            float At(int i) => parts[start + (Math.Clamp(i, 0, length - 1) * step)];
            for (var i = -reach; i <= reach; i++)
                sum += At(i);
            for (var i = 0; i < length; i++)
            {
                result[start + (i * step)] = (float)(sum / ((2 * reach) + 1));
                sum += At(i + reach + 1) - At(i - reach);
            }
        }
        return result;
    }
}
