namespace AstroJobs.Imaging.Registration;

/// <summary>The frame pixels that a tile of the result is made of, taps included; Left and Top may be negative.</summary>
internal readonly record struct WindowBounds(int Left, int Top, int Width, int Height)
{
    public long Samples => (long)Width * Height;

    /// <summary>The same pixels of the frame turned by 180°.</summary>
    public WindowBounds UpsideDown(int frameWidth, int frameHeight) => this with { Left = frameWidth - Left - Width, Top = frameHeight - Top - Height };

    /// <returns>Null when the tile sees nothing of the frame.</returns>
    public static WindowBounds? Of(FrameMap map, int left, int top, int width, int height, int frameWidth, int frameHeight)
    {
        var (right, bottom) = (left + width - 1, top + height - 1);
        double x0 = double.MaxValue, y0 = double.MaxValue, x1 = double.MinValue, y1 = double.MinValue;
        // A map without a fold or a horizon inside the tile carries its edges to edges: they bound it, and of a plane the corners do.
        var (first, last, step) = map.Bend is null ? (left, right, Math.Max(1, right - left)) : (SourcePath.FloorToStep(left), SourcePath.FloorToStep(right) + SourcePath.Step, SourcePath.Step);
        for (var x = first; x <= last; x += step)
        {
            Take(map.ToFrame(x, top));
            Take(map.ToFrame(x, bottom));
        }
        for (var y = top; map.Bend is not null && y <= bottom; y++)
        {
            Take(map.ToFrame(first, y));
            Take(map.ToFrame(last, y));
        }
        (x0, y0) = (Math.Max(Math.Floor(x0), 0), Math.Max(Math.Floor(y0), 0));
        (x1, y1) = (Math.Min(Math.Ceiling(x1), frameWidth - 1), Math.Min(Math.Ceiling(y1), frameHeight - 1));
        if (!(x1 >= x0 && y1 >= y0))
            return null;
        // One pixel more all round: rounding may put a pixel of the tile a hair outside its corners.
        var (l, t) = ((int)x0 - LanczosTable.Before - 1, (int)y0 - LanczosTable.Before - 1);
        return new WindowBounds(l, t, (int)x1 + LanczosTable.After + 2 - l, (int)y1 + LanczosTable.After + 2 - t);

        void Take((double X, double Y) at)
        {
            if (double.IsNaN(at.X))
                return;
            (x0, y0, x1, y1) = (Math.Min(x0, at.X), Math.Min(y0, at.Y), Math.Max(x1, at.X), Math.Max(y1, at.Y));
        }
    }
}
