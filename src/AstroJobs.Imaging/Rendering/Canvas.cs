namespace AstroJobs.Imaging.Rendering;

/// <summary>
/// A colour picture to draw on: lines, circles and text, smooth-edged. The cover of a pixel is w/2 + ½ − d, d being its distance from the
/// middle of a line of width w, cut to 0 … 1. Labels keep out of each other's way.
/// </summary>
public sealed class Canvas : IDisposable
{
    private const double LongestChord = 4; // pixels: a circle of such chords looks round
    private const float HaloCover = 0.55f;
    private const double HaloWidth = 3;

    private readonly Frame _frame;
    private readonly List<LabelBox> _taken = [];

    /// <param name="picture">Samples in [0, 1]; copied.</param>
    public Canvas(Frame picture)
    {
        _frame = new Frame(picture.Width, picture.Height, 3);
        for (var channel = 0; channel < 3; channel++)
            picture.Plane(Math.Min(channel, picture.Channels - 1)).CopyTo(_frame.Plane(channel));
    }

    public Frame Picture => _frame;

    public int Width => _frame.Width;

    public int Height => _frame.Height;

    public void Dispose() => _frame.Dispose();

    /// <summary>Makes the picture darker, so that what is drawn stands out.</summary>
    public void Dim(float factor)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            foreach (ref var sample in _frame.Plane(channel))
                sample *= factor;
        }
    }

    public void Line(double x1, double y1, double x2, double y2, Ink ink) => Polyline([(x1, y1), (x2, y2)], ink);

    /// <summary>One stroke through all points: where it meets itself it covers no more than elsewhere.</summary>
    public void Polyline(IReadOnlyList<(double X, double Y)> points, Ink ink) => Draw([points], ink);

    public void Circle(double x, double y, double radius, Ink ink)
    {
        var count = Math.Max(12, (int)Math.Ceiling(2 * Math.PI * radius / LongestChord));
        Polyline([.. Enumerable.Range(0, count + 1).Select(i => (x + (radius * Math.Cos(2 * Math.PI * i / count)), y + (radius * Math.Sin(2 * Math.PI * i / count))))], ink);
    }

    /// <summary>Text on a dark halo, its base line beginning at (x, y).</summary>
    /// <param name="height">Of capitals.</param>
    public void Text(string text, double x, double y, double height, Ink ink)
    {
        var strokes = HersheyFont.Embedded.Strokes(text, x, y, height).ToArray();
        Draw(strokes, new Ink(0, 0, 0, HaloCover, ink.Width + HaloWidth));
        Draw(strokes, ink);
    }

    public static double TextWidth(string text, double height) => HersheyFont.Embedded.Width(text, height);

    /// <summary>Keeps labels out of this place from now on.</summary>
    public void Reserve(LabelBox box) => _taken.Add(box);

    /// <summary>Text beside a mark where it meets no other label and no edge; nothing where there is no such place.</summary>
    /// <param name="reach">How far from (x, y) the mark goes.</param>
    public bool TryLabel(string text, double x, double y, double reach, double height, Ink ink)
    {
        var width = TextWidth(text, height);
        var (near, diagonal) = (reach + 3, (reach * 0.75) + 2);
        ReadOnlySpan<(double X, double Y)> places =
        [
            (x + near, y + (height / 2)), (x - near - width, y + (height / 2)), (x - (width / 2), y - near), (x - (width / 2), y + near + height),
            (x + diagonal, y - diagonal), (x + diagonal, y + diagonal + height), (x - diagonal - width, y - diagonal), (x - diagonal - width, y + diagonal + height),
        ];
        foreach (var (left, baseLine) in places)
        {
            // Descenders go a third of the height below the base line.
            var box = new LabelBox(left, baseLine - height, left + width, baseLine + (height / 3)).Grown(2);
            if (box.Left < 2 || box.Top < 2 || box.Right > Width - 2 || box.Bottom > Height - 2 || _taken.Exists(other => other.Meets(box)))
                continue;
            _taken.Add(box);
            Text(text, left, baseLine, height, ink);
            return true;
        }
        return false;
    }

    private void Draw(IReadOnlyList<IReadOnlyList<(double X, double Y)>> strokes, Ink ink)
    {
        var covers = new Dictionary<int, float>();
        foreach (var stroke in strokes)
        {
            for (var i = 0; i + 1 < stroke.Count; i++)
                Cover(stroke[i], stroke[i + 1], ink.Width / 2, covers);
        }
        Span<float> red = _frame.Plane(0), green = _frame.Plane(1), blue = _frame.Plane(2);
        foreach (var (pixel, cover) in covers)
        {
            var share = cover * ink.Cover;
            red[pixel] += share * (ink.Red - red[pixel]);
            green[pixel] += share * (ink.Green - green[pixel]);
            blue[pixel] += share * (ink.Blue - blue[pixel]);
        }
    }

    private void Cover((double X, double Y) from, (double X, double Y) to, double half, Dictionary<int, float> covers)
    {
        if (!Clip(ref from, ref to, half + 1))
            return;
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = (dx * dx) + (dy * dy);
        // Along the steeper axis row by row (or column by column), and a few pixels to each side.
        var steep = Math.Abs(dy) > Math.Abs(dx);
        var (start, end) = steep ? (Math.Min(from.Y, to.Y), Math.Max(from.Y, to.Y)) : (Math.Min(from.X, to.X), Math.Max(from.X, to.X));
        var reach = (half + 1) * Math.Sqrt(2);
        for (var a = (int)Math.Floor(start - half - 1); a <= Math.Ceiling(end + half + 1); a++)
        {
            var t = steep ? (a - from.Y) / (dy == 0 ? 1 : dy) : (a - from.X) / (dx == 0 ? 1 : dx);
            t = Math.Clamp(t, 0, 1);
            var middle = steep ? from.X + (t * dx) : from.Y + (t * dy);
            for (var b = (int)Math.Floor(middle - reach); b <= Math.Ceiling(middle + reach); b++)
            {
                var (x, y) = steep ? (b, a) : (a, b);
                if (x < 0 || y < 0 || x >= Width || y >= Height)
                    continue;
                var along = length == 0 ? 0 : Math.Clamp((((x - from.X) * dx) + ((y - from.Y) * dy)) / length, 0, 1);
                var distance = double.Hypot(x - from.X - (along * dx), y - from.Y - (along * dy));
                var cover = (float)Math.Clamp(half + 0.5 - distance, 0, 1);
                if (cover > 0 && cover > covers.GetValueOrDefault((y * Width) + x))
                    covers[(y * Width) + x] = cover;
            }
        }
    }

    /// <summary>Cuts a line to the picture and a margin (Liang and Barsky 1984); false when nothing is left.</summary>
    private bool Clip(ref (double X, double Y) from, ref (double X, double Y) to, double margin)
    {
        if (!double.IsFinite(from.X + from.Y + to.X + to.Y))
            return false;
        double first = 0, last = 1;
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        foreach (var (step, room) in ((double, double)[])[(-dx, from.X + margin), (dx, Width + margin - from.X), (-dy, from.Y + margin), (dy, Height + margin - from.Y)])
        {
            if (step == 0)
            {
                if (room < 0)
                    return false;
                continue;
            }
            var t = room / step;
            (first, last) = step < 0 ? (Math.Max(first, t), last) : (first, Math.Min(last, t));
        }
        if (first > last)
            return false;
        (from, to) = ((from.X + (first * dx), from.Y + (first * dy)), (from.X + (last * dx), from.Y + (last * dy)));
        return true;
    }
}
