namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>The background of a picture in cells of its channels, bilinear in between. What is smaller than a cell (stars, trails) is not in it.</summary>
internal sealed class SkyMesh
{
    private readonly float[] _levels;
    private readonly int _columns;
    private readonly int _rows;
    private readonly double _width;
    private readonly double _height;

    private SkyMesh(float[] levels, int columns, int rows, int width, int height) =>
        (_levels, _columns, _rows, _width, _height) = (levels, columns, rows, (double)width / columns, (double)height / rows);

    /// <summary>Cells without data follow those around them; then each becomes the mean of its 3×3, weighted 1 2 1, so that cells do not show.</summary>
    /// <param name="levels">Channel by channel, row by row; NaN is no data. Overwritten.</param>
    /// <param name="width">Of the picture, pixels.</param>
    public static SkyMesh Smooth(float[] levels, int columns, int rows, int width, int height)
    {
        for (var first = 0; first < levels.Length; first += columns * rows)
        {
            var channel = levels.AsSpan(first, columns * rows);
            while (Weighted(channel, columns, rows, onlyMissing: true))
            {
            }
            Weighted(channel, columns, rows, onlyMissing: false);
        }
        return new SkyMesh(levels, columns, rows, width, height);
    }

    /// <summary>The level at a place of the picture; beyond its edge that at the edge.</summary>
    public float At(int channel, double x, double y)
    {
        var (u, v) = (Math.Clamp(((x + 0.5) / _width) - 0.5, 0, _columns - 1), Math.Clamp(((y + 0.5) / _height) - 0.5, 0, _rows - 1));
        var (left, top) = ((int)u, (int)v);
        var (right, below) = (Math.Min(left + 1, _columns - 1), Math.Min(top + 1, _rows - 1));
        var (across, down) = ((float)(u - left), (float)(v - top));
        var first = channel * _columns * _rows;
        var above = Mix(_levels[first + (top * _columns) + left], _levels[first + (top * _columns) + right], across);
        return Mix(above, Mix(_levels[first + (below * _columns) + left], _levels[first + (below * _columns) + right], across), down);
    }

    /// <returns>Whether any cell was changed: none is where all is known, or nothing at all.</returns>
    private static bool Weighted(Span<float> cells, int columns, int rows, bool onlyMissing)
    {
        var before = cells.ToArray();
        var found = false;
        for (var i = 0; i < before.Length; i++)
        {
            if (onlyMissing && !float.IsNaN(before[i]))
                continue;
            var (row, column) = Math.DivRem(i, columns);
            var (sum, weights) = (0f, 0f);
            for (var y = Math.Max(0, row - 1); y <= Math.Min(rows - 1, row + 1); y++)
            {
                for (var x = Math.Max(0, column - 1); x <= Math.Min(columns - 1, column + 1); x++)
                {
                    var weight = (x == column ? 2 : 1) * (y == row ? 2 : 1);
                    if (!float.IsNaN(before[(y * columns) + x]))
                        (sum, weights) = (sum + (weight * before[(y * columns) + x]), weights + weight);
                }
            }
            if (weights > 0)
                (cells[i], found) = (sum / weights, true);
        }
        return found;
    }

    private static float Mix(float a, float b, float part) => a + ((b - a) * part);
}
