using System.Runtime.CompilerServices;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Local;

/// <summary>
/// Takes an even grid of samples of each colour while the rows of a frame pass by, to tell its background in coarse cells. Of a mosaic each sample belongs to the colour of its place.
/// Whole numbers are spread evenly over their step: the medians of 8-bit cells would be whole steps, and those are unlike where the sky is not.
/// </summary>
internal sealed class SkyGlance : IDisposable
{
    private const int SamplesWanted = 1 << 17; // some 170 a cell: its median lies within a tenth of the noise

    private readonly FrameInfo _info;
    private readonly SkyMeshGrid _grid;
    private readonly BayerPattern? _mosaic;
    private readonly int _stride;
    private readonly float[] _spread; // of each sample of a cell over its step
    private readonly int _most;
    private readonly int[] _first;
    private readonly int[] _end;
    private readonly PixelBuffer _samples; // some megabytes a frame: garbage of that size would count against the memory limit
    private readonly int[] _counts;

    public SkyGlance(FrameInfo info)
    {
        _info = info;
        _grid = SkyMeshGrid.Coarse(info.Width, info.Height);
        _mosaic = info.Channels == 1 ? info.Metadata.Bayer : null;
        _stride = Math.Max(1, (int)Math.Sqrt((double)info.PixelCount / (_mosaic is null ? SamplesWanted : 2 * SamplesWanted))) | 1; // odd: all four places of a mosaic are seen
        _most = Along(info.Width, _grid.Columns) * Along(info.Height, _grid.Rows);
        _spread = [.. Enumerable.Range(0, _most + 1).Select(count => SkySampler.StepOf(info.Format) * SkySampler.Spread(count * SkySampler.GoldenPart))];
        var cells = (_mosaic is null ? info.Channels : 3) * _grid.Cells;
        _end = [.. Enumerable.Range(1, _grid.Columns).Select(_grid.Left)];
        _first = [.. Enumerable.Range(0, _grid.Columns).Select(column => (_grid.Left(column) + _stride - 1) / _stride * _stride)];
        (_samples, _counts) = (new PixelBuffer((long)cells * _most), new int[cells]);
    }

    /// <param name="rows">Whole rows from <paramref name="firstRow"/> on; NaN is no data.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(int channel, int firstRow, ReadOnlySpan<float> rows)
    {
        var samples = _samples.Slice(0, _counts.Length * _most);
        var spread = _spread;
        for (var y = (firstRow + _stride - 1) / _stride * _stride; y < firstRow + (rows.Length / _info.Width); y += _stride)
        {
            var row = rows.Slice((y - firstRow) * _info.Width, _info.Width);
            var line = RowOf(y) * _grid.Columns;
            for (var column = 0; column < _grid.Columns; column++)
            {
                for (var x = _first[column]; x < _end[column]; x += _stride)
                {
                    var colour = _mosaic is { } pattern ? SkySampler.ColourOf(pattern, x, y) : channel;
                    var cell = (colour * _grid.Cells) + line + column;
                    if (float.IsFinite(row[x]))
                        samples[(cell * _most) + _counts[cell]++] = row[x] + spread[_counts[cell]];
                }
            }
        }
    }

    /// <summary>The median of each cell, smoothed; in the channels of the result.</summary>
    public SkyMesh Mesh()
    {
        var levels = new float[_counts.Length];
        var columns = new CellColumns(_most);
        for (var first = 0; first < levels.Length; first += CellColumns.Lanes)
        {
            var cells = Math.Min(CellColumns.Lanes, levels.Length - first);
            for (var lane = 0; lane < cells; lane++)
                columns.Add(lane, _samples.Slice((first + lane) * (long)_most, _counts[first + lane]), 1);
            columns.Sort();
            for (var lane = 0; lane < cells; lane++)
                levels[first + lane] = columns.TakeMiddle(lane);
        }
        return SkyMesh.Smooth(_grid, levels);
    }

    public void Dispose() => _samples.Dispose();

    private int RowOf(int y)
    {
        var row = (int)((long)y * _grid.Rows / _info.Height);
        return y >= _grid.Top(row + 1) ? row + 1 : row;
    }

    /// <summary>The most grid points that a cell has in one direction.</summary>
    private int Along(int pixels, int cells) => (((pixels + cells - 1) / cells) / _stride) + 1;
}
