using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Registration;

/// <summary>Stars sorted into square cells, so that the nearest one is found by looking at a few.</summary>
internal sealed class StarGrid
{
    private readonly IReadOnlyList<Star> _stars;
    private readonly double _cell;
    private readonly double _left;
    private readonly double _top;
    private readonly int _columns;
    private readonly int _rows;
    private readonly int[] _starts;
    private readonly int[] _order;

    public StarGrid(IReadOnlyList<Star> stars, double cell)
    {
        (_stars, _cell) = (stars, cell);
        (_left, _top) = (stars.Min(star => star.X), stars.Min(star => star.Y));
        _columns = (int)((stars.Max(star => star.X) - _left) / cell) + 1;
        _rows = (int)((stars.Max(star => star.Y) - _top) / cell) + 1;
        _starts = new int[(_columns * _rows) + 1];
        _order = new int[stars.Count];
        var cells = stars.Select(star => ((int)((star.Y - _top) / cell) * _columns) + (int)((star.X - _left) / cell)).ToArray();
        foreach (var i in cells)
            _starts[i + 1]++;
        for (var i = 0; i < _columns * _rows; i++)
            _starts[i + 1] += _starts[i];
        var next = _starts.AsSpan().ToArray();
        for (var i = 0; i < cells.Length; i++)
            _order[next[cells[i]]++] = i;
    }

    /// <summary>Index of the nearest star within <paramref name="reach"/> (no longer than the cell), or −1.</summary>
    public int Nearest(double x, double y, double reach)
    {
        var (column, row) = ((int)Math.Floor((x - _left) / _cell), (int)Math.Floor((y - _top) / _cell));
        var (nearest, best) = (-1, reach * reach);
        for (var r = Math.Max(0, row - 1); r <= Math.Min(_rows - 1, row + 1); r++)
        {
            var (first, last) = (Math.Max(0, column - 1), Math.Min(_columns - 1, column + 1));
            if (first > last)
                continue;
            for (var i = _starts[(r * _columns) + first]; i < _starts[(r * _columns) + last + 1]; i++)
            {
                var star = _stars[_order[i]];
                var distance = ((star.X - x) * (star.X - x)) + ((star.Y - y) * (star.Y - y));
                if (distance < best)
                    (nearest, best) = (_order[i], distance);
            }
        }
        return nearest;
    }
}
