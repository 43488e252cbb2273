using System.Globalization;

namespace AstroJobs.Imaging.Stacking.Registering;

/// <summary>
/// Cuts the seams off a picture: finds the largest upright rectangle of which enough frames show every pixel. Where frames lie is known before their pixels are
/// combined, so nothing is reckoned that is thrown away: first in cells, each shown by the frames that show its four corners, then pixel by pixel outwards.
/// </summary>
internal sealed class CanvasCutter
{
    private const int Cells = 256; // on the longer side
    private const int BentStep = 4; // pixels between those tried on an edge where maps are dear to follow
    private const double Rounding = 1e-6; // pixels

    private readonly StackCanvas _canvas;
    private readonly IReadOnlyList<RegisteredFrame> _frames;
    private readonly int _least;
    private readonly int _step;

    private CanvasCutter(StackCanvas canvas, IReadOnlyList<RegisteredFrame> frames, int least)
    {
        (_canvas, _frames, _least) = (canvas, frames, least);
        _step = frames.Any(frame => frame.ToCanvas.Bend is not null) ? BentStep : 1;
    }

    /// <param name="frames">Where they lie on the reference's plane.</param>
    /// <param name="share">Part of the frames, 0 … 1, that must show every pixel.</param>
    /// <exception cref="StackException">So many frames have no pixel in common.</exception>
    public static StackCanvas Cut(StackCanvas canvas, IReadOnlyList<RegisteredFrame> frames, double share)
    {
        var least = Math.Clamp((int)Math.Ceiling((share * frames.Count) - Rounding), 1, frames.Count);
        return new CanvasCutter(canvas, frames, least).Cut() with { Cut = new CanvasCut(least, canvas.Width, canvas.Height) };
    }

    private StackCanvas Cut()
    {
        var side = Math.Max(1, Math.Max(_canvas.Width, _canvas.Height) / Cells);
        var (columns, rows) = (Corners(_canvas.Width, side), Corners(_canvas.Height, side));
        var best = Largest(IsShown(columns, rows), columns, rows);
        if (best is not var (left, top, right, bottom))
            throw new StackException(string.Create(
                CultureInfo.InvariantCulture, $"There is no part of the picture that {_least} of {_frames.Count} frames show. Cut to fewer with --crop-coverage, or not at all."), []);
        while (left > 0 && IsColumnShown(left - 1, top, bottom))
            left--;
        while (right < _canvas.Width - 1 && IsColumnShown(right + 1, top, bottom))
            right++;
        while (top > 0 && IsRowShown(top - 1, left, right))
            top--;
        while (bottom < _canvas.Height - 1 && IsRowShown(bottom + 1, left, right))
            bottom++;
        return _canvas with { Left = _canvas.Left + left, Top = _canvas.Top + top, Width = right - left + 1, Height = bottom - top + 1 };
    }

    /// <summary>Every so many pixels one, and the last.</summary>
    private static int[] Corners(int length, int side) => [.. Enumerable.Range(0, (length - 1 + side - 1) / side).Select(i => i * side), length - 1];

    /// <returns>Of each cell between the corners, row by row, whether enough frames show it.</returns>
    private bool[] IsShown(int[] columns, int[] rows)
    {
        var (wide, high) = (columns.Length - 1, rows.Length - 1);
        var counts = new int[wide * high];
        foreach (var frame in _frames)
        {
            var above = new bool[columns.Length];
            for (var row = 0; row <= high; row++)
            {
                var here = columns.Select(x => Shows(frame, x, rows[row])).ToArray();
                for (var column = 0; row > 0 && column < wide; column++)
                    counts[((row - 1) * wide) + column] += above[column] && above[column + 1] && here[column] && here[column + 1] ? 1 : 0;
                above = here;
            }
        }
        return [.. counts.Select(count => count >= _least)];
    }

    /// <summary>Row by row: how many shown cells stand above each other up to it is a column of a histogram, and the largest rectangle under that is found with a stack.</summary>
    private static (int Left, int Top, int Right, int Bottom)? Largest(bool[] isShown, int[] columns, int[] rows)
    {
        var (wide, high) = (columns.Length - 1, rows.Length - 1);
        (int Left, int Top, int Right, int Bottom)? best = null;
        var (largest, heights) = (0L, new int[wide + 1]); // the last stays 0 and ends all that is open
        for (var row = 0; row < high; row++)
        {
            var open = new Stack<int>();
            for (var column = 0; column <= wide; column++)
            {
                if (column < wide)
                    heights[column] = isShown[(row * wide) + column] ? heights[column] + 1 : 0;
                while (open.TryPeek(out var last) && heights[last] >= heights[column])
                {
                    open.Pop();
                    var first = open.TryPeek(out var before) ? before + 1 : 0;
                    var (left, top, right, bottom) = (columns[first], rows[row + 1 - heights[last]], columns[column], rows[row + 1]);
                    var area = (long)(right - left + 1) * (bottom - top + 1);
                    if (heights[last] > 0 && area > largest)
                        (largest, best) = (area, (left, top, right, bottom));
                }
                open.Push(column);
            }
        }
        return best;
    }

    private bool IsColumnShown(int x, int top, int bottom) => AreShown(top, bottom, y => IsShown(x, y));

    private bool IsRowShown(int y, int left, int right) => AreShown(left, right, x => IsShown(x, y));

    private bool AreShown(int first, int last, Func<int, bool> isShown)
    {
        for (var at = first; at < last; at += _step)
        {
            if (!isShown(at))
                return false;
        }
        return isShown(last);
    }

    private bool IsShown(int x, int y)
    {
        var left = _least;
        for (var i = 0; i < _frames.Count && left > 0 && left <= _frames.Count - i; i++)
            left -= Shows(_frames[i], x, y) ? 1 : 0;
        return left == 0;
    }

    private bool Shows(RegisteredFrame frame, int x, int y)
    {
        var (u, v) = frame.ToCanvas.ToFrame(x + _canvas.Left, y + _canvas.Top);
        return u >= -Rounding && v >= -Rounding && u <= frame.Frame.Info.Width - 1 + Rounding && v <= frame.Frame.Info.Height - 1 + Rounding;
    }
}
