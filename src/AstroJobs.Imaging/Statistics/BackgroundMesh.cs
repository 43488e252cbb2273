using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Statistics;

/// <summary>
/// The sky of a picture as a coarse mesh of level and noise, bilinear in between (the SExtractor recipe: Bertin &amp; Arnouts 1996).
/// </summary>
internal sealed class BackgroundMesh
{
    private const int CellSize = 64;
    private const int Stride = 3; // odd, so that all four places of a mosaic are seen; a ninth of the pixels gives the level to 0.06 sigma

    private readonly int _width;
    private readonly int _height;
    private readonly int _columns;
    private readonly int _rows;
    private readonly float[] _level;
    private readonly float[] _sigma;

    private BackgroundMesh(int width, int height)
    {
        (_width, _height) = (width, height);
        (_columns, _rows) = (Math.Max(1, (width + (CellSize / 2)) / CellSize), Math.Max(1, (height + (CellSize / 2)) / CellSize));
        (_level, _sigma) = (new float[_columns * _rows], new float[_columns * _rows]);
    }

    /// <summary>Median level over the mesh.</summary>
    public float Level { get; private set; }

    /// <summary>Median noise of one pixel over the mesh.</summary>
    public float Sigma { get; private set; }

    /// <param name="plane">Row-major samples; NaN is no data.</param>
    /// <param name="smallestSigma">A floor for the noise: what rounding to whole ADU hides.</param>
    public static BackgroundMesh Measure(ReadOnlySpan<float> plane, int width, int height, float smallestSigma)
    {
        var mesh = new BackgroundMesh(width, height);
        var cells = new CellColumns(mesh.MostSamples);
        for (var row = 0; row < mesh._rows; row++)
        {
            for (var column = 0; column < mesh._columns; column += CellColumns.Lanes)
            {
                var count = Math.Min(CellColumns.Lanes, mesh._columns - column);
                for (var lane = 0; lane < count; lane++)
                    mesh.Sample(plane, column + lane, row, cells, lane);
                cells.Sort();
                for (var lane = 0; lane < count; lane++)
                {
                    var cell = ClippedStatistics.OfSorted(cells.Take(lane));
                    var i = (row * mesh._columns) + column + lane;
                    (mesh._level[i], mesh._sigma[i]) = (cell.Level, Math.Max(cell.Sigma, smallestSigma));
                }
            }
        }
        mesh.Level = mesh.Smooth(mesh._level, 0);
        mesh.Sigma = mesh.Smooth(mesh._sigma, smallestSigma);
        return mesh;
    }

    /// <summary>The sky level under row <paramref name="y"/>.</summary>
    public void LevelRow(int y, Span<float> row) => Interpolate(_level, y, row);

    /// <summary>The noise of the pixels of row <paramref name="y"/>.</summary>
    public void SigmaRow(int y, Span<float> row) => Interpolate(_sigma, y, row);

    /// <summary>Of the largest cell.</summary>
    private int MostSamples => SamplesAlong((_width / _columns) + 1) * SamplesAlong((_height / _rows) + 1);

    private static int SamplesAlong(int pixels) => (pixels + Stride - 1) / Stride;

    private void Sample(ReadOnlySpan<float> plane, int column, int row, CellColumns cells, int lane)
    {
        var (left, right) = (column * _width / _columns, (column + 1) * _width / _columns);
        var (top, bottom) = (row * _height / _rows, (row + 1) * _height / _rows);
        for (var y = top; y < bottom; y += Stride)
            cells.Add(lane, plane.Slice((y * _width) + left, right - left), Stride);
    }

    /// <summary>A 3×3 median over the mesh takes out cells that a bright star or a galaxy fills; returns the median of all cells.</summary>
    private float Smooth(float[] mesh, float empty)
    {
        var all = mesh.Where(float.IsFinite).Order().ToArray();
        var median = all.Length == 0 ? empty : (float)ClippedStatistics.Median(all);
        var source = mesh.Select(value => float.IsFinite(value) ? value : median).ToArray();
        Span<float> window = stackalloc float[9];
        for (var row = 0; row < _rows; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                var count = 0;
                for (var y = Math.Max(0, row - 1); y <= Math.Min(_rows - 1, row + 1); y++)
                {
                    for (var x = Math.Max(0, column - 1); x <= Math.Min(_columns - 1, column + 1); x++)
                        window[count++] = source[(y * _columns) + x];
                }
                window[..count].Sort();
                mesh[(row * _columns) + column] = (float)ClippedStatistics.Median(window[..count]);
            }
        }
        return median;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Interpolate(float[] mesh, int y, Span<float> row)
    {
        var position = Math.Clamp(((y + 0.5f) * _rows / _height) - 0.5f, 0, _rows - 1);
        var top = Math.Min((int)position, Math.Max(0, _rows - 2));
        var part = _rows == 1 ? 0 : position - top;
        var below = Math.Min(top + 1, _rows - 1);
        Span<float> nodes = _columns <= 256 ? stackalloc float[_columns] : new float[_columns];
        for (var i = 0; i < _columns; i++)
            nodes[i] = (mesh[(top * _columns) + i] * (1 - part)) + (mesh[(below * _columns) + i] * part);

        var spacing = (float)_width / _columns;
        var first = Math.Min(_width, (int)MathF.Ceiling((spacing / 2) - 0.5f));
        row[..first].Fill(nodes[0]);
        var x = first;
        for (var i = 0; i + 1 < _columns; i++)
        {
            var end = Math.Min(_width, (int)MathF.Ceiling(((i + 1.5f) * spacing) - 0.5f));
            var slope = (nodes[i + 1] - nodes[i]) / spacing;
            Ramp(row[x..end], nodes[i] + (slope * (x + 0.5f - ((i + 0.5f) * spacing))), slope);
            x = end;
        }
        row[x.._width].Fill(nodes[_columns - 1]);
    }

    private static void Ramp(Span<float> row, float start, float slope)
    {
        var i = 0;
        var steps = Vector<float>.Indices * slope;
        for (; i <= row.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(start + (slope * i)) + steps).CopyTo(row[i..]);
        for (; i < row.Length; i++)
            row[i] = start + (slope * i);
    }
}
