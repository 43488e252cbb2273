using AstroJobs.Imaging.Stacking.Combining;

namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>The background of a picture in cells of its channels, bilinear in between. What is smaller than a cell (stars, trails) is not in it.</summary>
internal sealed class SkyMesh
{
    private readonly float[] _levels;
    private readonly double _cellWidth;
    private readonly double _cellHeight;

    /// <param name="levels">Channel by channel, row by row.</param>
    public SkyMesh(SkyMeshGrid grid, float[] levels)
    {
        (Grid, _levels) = (grid, levels);
        (_cellWidth, _cellHeight) = ((double)grid.Width / grid.Columns, (double)grid.Height / grid.Rows);
    }

    public SkyMeshGrid Grid { get; }

    public int Channels => _levels.Length / Grid.Cells;

    public ReadOnlySpan<float> Levels => _levels;

    /// <summary>Cells without data follow those around them; then each becomes the mean of its 3×3, weighted 1 2 1, so that cells do not show; beyond the border a slope goes on.</summary>
    /// <param name="levels">As the constructor takes them; NaN is no data. Overwritten.</param>
    public static SkyMesh Smooth(SkyMeshGrid grid, float[] levels)
    {
        for (var first = 0; first < levels.Length; first += grid.Cells)
        {
            var channel = levels.AsSpan(first, grid.Cells);
            while (Fill(channel, grid.Columns, grid.Rows))
            {
            }
            Smooth(channel, grid.Columns, grid.Rows);
        }
        return new SkyMesh(grid, levels);
    }

    /// <summary>The background once the samples are fitted.</summary>
    /// <param name="fits">One a channel; empty for samples that stay as they are.</param>
    public SkyMesh Fitted(IReadOnlyList<SampleFit> fits)
    {
        if (fits.Count == 0)
            return this;
        var levels = new float[_levels.Length];
        for (var i = 0; i < levels.Length; i++)
            levels[i] = (_levels[i] * fits[i / Grid.Cells].Factor) + fits[i / Grid.Cells].Offset;
        return new SkyMesh(Grid, levels);
    }

    /// <summary>The level at a place of the picture, straight on from the last two cells to its edge; beyond that what is there.</summary>
    public float At(int channel, double x, double y)
    {
        var (u, v) = (Math.Clamp(((x + 0.5) / _cellWidth) - 0.5, -0.5, Grid.Columns - 0.5), Math.Clamp(((y + 0.5) / _cellHeight) - 0.5, -0.5, Grid.Rows - 0.5));
        var (left, top) = (Math.Clamp((int)u, 0, Math.Max(0, Grid.Columns - 2)), Math.Clamp((int)v, 0, Math.Max(0, Grid.Rows - 2)));
        var (right, below) = (Math.Min(left + 1, Grid.Columns - 1), Math.Min(top + 1, Grid.Rows - 1));
        var (across, down) = ((float)(u - left), (float)(v - top));
        var channelLevels = _levels.AsSpan(channel * Grid.Cells, Grid.Cells);
        var upper = channelLevels.Slice(top * Grid.Columns, Grid.Columns);
        var lower = channelLevels.Slice(below * Grid.Columns, Grid.Columns);
        return Mix(Mix(upper[left], upper[right], across), Mix(lower[left], lower[right], across), down);
    }

    /// <summary>How much brighter it is than another one, each at its own place; the mean of the channels.</summary>
    public double BrighterThan(SkyMesh other, (double X, double Y) here, (double X, double Y) there)
    {
        var sum = 0.0;
        for (var channel = 0; channel < Channels; channel++)
            sum += At(channel, here.X, here.Y) - other.At(channel, there.X, there.Y);
        return sum / Channels;
    }

    /// <summary>Cells without data become the mean of those around them that have some.</summary>
    /// <returns>Whether any cell was changed: none is where all is known, or nothing at all.</returns>
    private static bool Fill(Span<float> cells, int columns, int rows)
    {
        var before = cells.ToArray();
        var found = false;
        for (var i = 0; i < before.Length; i++)
        {
            if (!float.IsNaN(before[i]))
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

    private static void Smooth(Span<float> cells, int columns, int rows)
    {
        var before = cells.ToArray();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                var here = Across(row, column);
                cells[(row * columns) + column] = row == 0 || row == rows - 1 ? here : (Across(row - 1, column) + (2 * here) + Across(row + 1, column)) / 4;
            }
        }

        float Across(int row, int column)
        {
            var at = (row * columns) + column;
            return column == 0 || column == columns - 1 ? before[at] : (before[at - 1] + (2 * before[at]) + before[at + 1]) / 4;
        }
    }

    private static float Mix(float a, float b, float part) => a + ((b - a) * part);
}
