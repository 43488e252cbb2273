using System.Globalization;
using AstroJobs.Imaging.Rendering;
using AstroJobs.Kinds.Sky;

namespace AstroJobs.Kinds.Extract;

/// <summary>What tells a picture's place and size: the grid, north and east, a scale bar, a line of numbers.</summary>
internal sealed class AnnotationFurniture(Canvas canvas, SkyView view, Func<SkyPosition, (double X, double Y)?> toCanvas)
{
    private const double Margin = 18;
    private const double ArrowLength = 34;
    private const double CompassReach = ArrowLength + 20;
    private const double TextHeight = 11;
    private const double GridTextHeight = 9;

    private static readonly Ink GridInk = new(0.55f, 0.66f, 0.85f, 0.28f, 1);
    private static readonly Ink GridTextInk = new(0.68f, 0.78f, 0.95f, 0.9f, 1);
    private static readonly Ink NorthInk = new(1f, 0.45f, 0.40f, 1f, 1.8);
    private static readonly Ink EastInk = new(0.95f, 0.95f, 0.95f, 1f, 1.8);
    private static readonly Ink ScaleInk = new(0.95f, 0.95f, 0.95f, 1f, 1.6);

    // Degrees.
    private static readonly double[] BarLengths = [30, 20, 10, 5, 2, 1, 0.5, 1 / 3.0, 1 / 6.0, 1 / 12.0, 1 / 30.0, 1 / 60.0, 1 / 120.0, 1 / 360.0];

    private (double X, double Y) Compass => (Margin + CompassReach, canvas.Height - Margin - CompassReach);

    /// <summary>Keeps everything else out of the corners.</summary>
    public void Reserve()
    {
        canvas.Reserve(new LabelBox(0, Compass.Y - CompassReach, Compass.X + CompassReach, canvas.Height));
        var (length, label) = Bar();
        var half = Math.Max(length, Canvas.TextWidth(label, TextHeight));
        canvas.Reserve(new LabelBox(canvas.Width - Margin - half - 12, canvas.Height - Margin - 34, canvas.Width, canvas.Height));
        canvas.Reserve(new LabelBox(0, 0, Canvas.TextWidth(Caption(), TextHeight) + (2 * Margin), Margin + TextHeight + 8));
    }

    public void DrawGrid(SkyGrid grid)
    {
        foreach (var (_, points) in grid.Parallels().Concat(grid.Meridians()))
        {
            foreach (var part in Parts(points))
                canvas.Polyline(part, GridInk);
        }
    }

    /// <summary>Where a line first enters the picture.</summary>
    public void DrawGridLabels(SkyGrid grid)
    {
        foreach (var (label, points) in grid.Parallels().Concat(grid.Meridians()))
        {
            foreach (var part in Parts(points))
            {
                var inside = part.Where(point => point.X > 4 && point.Y > 4 && point.X < canvas.Width - 4 && point.Y < canvas.Height - 4).ToArray();
                if (inside.Length > 0 && (Label(label, inside[0]) || Label(label, inside[^1])))
                    break;
            }
        }
    }

    public void Draw()
    {
        canvas.Text(Caption(), Margin, Margin + TextHeight, TextHeight, ScaleInk);
        DrawCompass();
        DrawBar();
    }

    private bool Label(string label, (double X, double Y) at)
    {
        // A little inwards, so that there is room on both sides of the line.
        var width = Canvas.TextWidth(label, GridTextHeight);
        var x = Math.Clamp(at.X, 6, canvas.Width - 6 - width - 6);
        var y = Math.Clamp(at.Y, 6 + GridTextHeight, canvas.Height - 12);
        return canvas.TryLabel(label, x, y, 0, GridTextHeight, GridTextInk);
    }

    /// <summary>A line cut where it leaves what the projection and the picture can show.</summary>
    private IEnumerable<IReadOnlyList<(double X, double Y)>> Parts(IReadOnlyList<SkyPosition> points)
    {
        var part = new List<(double X, double Y)>();
        foreach (var point in points)
        {
            var at = toCanvas(point);
            if (at is { } place && place.X > -canvas.Width && place.Y > -canvas.Height && place.X < 2 * canvas.Width && place.Y < 2 * canvas.Height)
            {
                part.Add(place);
                continue;
            }
            if (part.Count > 1)
                yield return part;
            part = [];
        }
        if (part.Count > 1)
            yield return part;
    }

    private string Caption()
    {
        var (ra, dec) = view.Centre.ToSexagesimal();
        var (width, height) = view.Size;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"RA {ra[..8]}   Dec {dec[..9].Replace('-', '−')}   {width:0.0#}° x {height:0.0#}°   {view.ScaleArcsecPerPixel:0.0#}″/px");
    }

    private void DrawCompass()
    {
        // Arrows point as the sky does in the middle of the picture; canvas y grows downwards.
        var up = double.DegreesToRadians(view.OrientationDeg);
        var side = view.Wcs.Mirrored ? 1 : -1;
        DrawArrow("N", side * Math.Sin(-up), -Math.Cos(up), NorthInk);
        DrawArrow("E", side * Math.Cos(up), -Math.Sin(up), EastInk);
    }

    private void DrawArrow(string name, double dx, double dy, Ink ink)
    {
        var (x, y) = Compass;
        var (tipX, tipY) = (x + (dx * ArrowLength), y + (dy * ArrowLength));
        canvas.Line(x, y, tipX, tipY, ink);
        foreach (var turn in (double[])[2.6, -2.6])
        {
            var (sin, cos) = Math.SinCos(turn);
            canvas.Line(tipX, tipY, tipX + (9 * ((dx * cos) - (dy * sin))), tipY + (9 * ((dx * sin) + (dy * cos))), ink);
        }
        var width = Canvas.TextWidth(name, TextHeight);
        canvas.Text(name, tipX + (dx * 12) - (width / 2), tipY + (dy * 12) + (TextHeight / 2), TextHeight, ink);
    }

    private void DrawBar()
    {
        var (length, label) = Bar();
        var (right, y) = (canvas.Width - Margin - 4, canvas.Height - Margin - 4);
        canvas.Line(right - length, y, right, y, ScaleInk);
        canvas.Line(right - length, y - 5, right - length, y + 5, ScaleInk);
        canvas.Line(right, y - 5, right, y + 5, ScaleInk);
        canvas.Text(label, right - (length / 2) - (Canvas.TextWidth(label, TextHeight) / 2), y - 10, TextHeight, ScaleInk);
    }

    private (double Pixels, string Label) Bar()
    {
        var pixelsPerDegree = 3600 / view.ScaleArcsecPerPixel * canvas.Width / view.Width;
        var length = BarLengths.FirstOrDefault(degrees => degrees * pixelsPerDegree <= canvas.Width / 5.0, BarLengths[^1]);
        var label = length >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{length:0}°")
            : length >= 1 / 60.0 - 1e-9 ? string.Create(CultureInfo.InvariantCulture, $"{length * 60:0}′")
            : string.Create(CultureInfo.InvariantCulture, $"{length * 3600:0}″");
        return (length * pixelsPerDegree, label);
    }
}
