using System.Globalization;
using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stacking.Registering;

namespace AstroJobs.Imaging.Stacking;

/// <summary>The rectangle of the reference's pixel plane that the result shows.</summary>
/// <param name="Left">Column of the reference that is the result's first; may be negative.</param>
/// <param name="Top">The same for rows.</param>
/// <param name="Width">Of the result, in its own pixels.</param>
/// <param name="Height">The same.</param>
public readonly record struct StackCanvas(int Left, int Top, int Width, int Height)
{
    private const int PointsPerSide = 32; // a bent edge is followed so closely
    private const int RowsTried = 256;
    private const double MostPixels = int.MaxValue / 4.0;

    /// <summary>Pixels of the result a pixel of the reference.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>What it was cut from; null where it was not.</summary>
    public CanvasCut? Cut { get; init; }

    /// <exception cref="StackException">No picture holds so many pixels.</exception>
    internal StackCanvas Finer(double scale)
    {
        var (width, height) = (Math.Round(Width * scale), Math.Round(Height * scale));
        return width * height <= MostPixels
            ? this with { Width = (int)width, Height = (int)height, Scale = scale }
            : throw new StackException(string.Create(CultureInfo.InvariantCulture, $"A picture of {width:0} × {height:0} pixels cannot be made. Drizzle to a smaller scale."), []);
    }

    /// <exception cref="StackException">The frames have no part in common, or lie so far apart that no picture holds them.</exception>
    internal static StackCanvas Of(StackFraming framing, IReadOnlyList<RegisteredFrame> frames, RegisteredFrame reference)
    {
        var info = reference.Frame.Info;
        return framing switch
        {
            StackFraming.Max => Around(frames),
            StackFraming.Min => Within(frames),
            StackFraming.Cog => About(frames, info),
            _ => new StackCanvas(0, 0, info.Width, info.Height),
        };
    }

    private static StackCanvas About(IReadOnlyList<RegisteredFrame> frames, FrameInfo info)
    {
        var middles = frames.Select(frame => frame.ToCanvas.ToReference((frame.Frame.Info.Width - 1) / 2.0, (frame.Frame.Info.Height - 1) / 2.0)).ToArray();
        return new StackCanvas(
            (int)Math.Round(middles.Average(middle => middle.X) - ((info.Width - 1) / 2.0)),
            (int)Math.Round(middles.Average(middle => middle.Y) - ((info.Height - 1) / 2.0)),
            info.Width,
            info.Height);
    }

    private static StackCanvas Around(IReadOnlyList<RegisteredFrame> frames)
    {
        var points = frames.SelectMany(Outline).ToArray();
        var (left, top) = (Math.Floor(points.Min(point => point.X)), Math.Floor(points.Min(point => point.Y)));
        var (width, height) = (Math.Ceiling(points.Max(point => point.X)) - left + 1, Math.Ceiling(points.Max(point => point.Y)) - top + 1);
        return width * height <= MostPixels
            ? new StackCanvas((int)left, (int)top, (int)width, (int)height)
            : throw new StackException(string.Create(
                CultureInfo.InvariantCulture, $"A picture that shows all frames would have {width:0} × {height:0} pixels. Choose the framing reference, min or cog."), []);
    }

    /// <summary>
    /// Between two rows a convex outline is as wide as at the narrower of both: so of all pairs of rows the one with the largest rectangle between
    /// them is taken.
    /// </summary>
    private static StackCanvas Within(IReadOnlyList<RegisteredFrame> frames)
    {
        var outlines = frames.Select(frame => Outline(frame).ToArray()).ToArray();
        var (top, bottom) = (Math.Ceiling(outlines.Max(outline => outline.Min(point => point.Y))), Math.Floor(outlines.Min(outline => outline.Max(point => point.Y))));
        var rows = bottom < top ? [] : Enumerable.Range(0, RowsTried).Select(i => Math.Round(top + ((bottom - top) * i / (RowsTried - 1)))).Distinct().ToArray();
        var spans = rows.Select(row => Common(outlines, row)).ToArray();
        var (best, area) = (default(StackCanvas), 0.0);
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = i; j < rows.Length; j++)
            {
                var (left, right) = (Math.Ceiling(Math.Max(spans[i].Left, spans[j].Left)), Math.Floor(Math.Min(spans[i].Right, spans[j].Right)));
                var (width, height) = (right - left + 1, rows[j] - rows[i] + 1);
                if (width > 0 && width * height > area)
                    (best, area) = (new StackCanvas((int)left, (int)rows[i], (int)width, (int)height), width * height);
            }
        }
        return area > 0 ? best : throw new StackException("There is no part of the sky that all frames show. Choose the framing reference, max or cog.", []);
    }

    /// <summary>The columns of a row that lie within all outlines.</summary>
    private static (double Left, double Right) Common((double X, double Y)[][] outlines, double row)
    {
        var (left, right) = (double.MinValue, double.MaxValue);
        foreach (var outline in outlines)
        {
            var (first, last) = (double.MaxValue, double.MinValue);
            for (var i = 0; i < outline.Length; i++)
            {
                var (a, b) = (outline[i], outline[(i + 1) % outline.Length]);
                if (Math.Min(a.Y, b.Y) > row || Math.Max(a.Y, b.Y) < row)
                    continue;
                var x = a.Y == b.Y ? a.X : a.X + ((row - a.Y) / (b.Y - a.Y) * (b.X - a.X));
                (first, last) = (Math.Min(first, x), Math.Max(last, x));
                if (a.Y == b.Y)
                    (first, last) = (Math.Min(first, b.X), Math.Max(last, b.X));
            }
            (left, right) = (Math.Max(left, first), Math.Min(right, last));
        }
        return (left, right);
    }

    /// <summary>The frame's outermost pixels in the reference's plane, all around.</summary>
    private static IEnumerable<(double X, double Y)> Outline(RegisteredFrame frame)
    {
        var (right, bottom) = (frame.Frame.Info.Width - 1.0, frame.Frame.Info.Height - 1.0);
        for (var i = 0; i < 4 * PointsPerSide; i++)
        {
            var part = i % PointsPerSide / (double)PointsPerSide;
            var (x, y) = (i / PointsPerSide) switch
            {
                0 => (right * part, 0.0),
                1 => (right, bottom * part),
                2 => (right * (1 - part), bottom),
                _ => (0.0, bottom * (1 - part)),
            };
            yield return frame.ToCanvas.ToReference(x, y);
        }
    }
}
