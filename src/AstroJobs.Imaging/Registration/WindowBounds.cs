namespace AstroJobs.Imaging.Registration;

/// <summary>The frame pixels that a tile of the result is made of, taps included; Left and Top may be negative.</summary>
internal readonly record struct WindowBounds(int Left, int Top, int Width, int Height)
{
    public long Samples => (long)Width * Height;

    /// <param name="fromReference">Result pixels to frame pixels.</param>
    /// <returns>Null when the tile sees nothing of the frame.</returns>
    public static WindowBounds? Of(PixelMap fromReference, int left, int top, int width, int height, int frameWidth, int frameHeight)
    {
        // A map without a horizon inside the tile carries its edges to edges: the corners bound it.
        Span<(double X, double Y)> corners =
        [
            fromReference.Map(left, top),
            fromReference.Map(left + width - 1, top),
            fromReference.Map(left, top + height - 1),
            fromReference.Map(left + width - 1, top + height - 1),
        ];
        double x0 = double.MaxValue, y0 = double.MaxValue, x1 = double.MinValue, y1 = double.MinValue;
        foreach (var (x, y) in corners)
            (x0, y0, x1, y1) = (Math.Min(x0, x), Math.Min(y0, y), Math.Max(x1, x), Math.Max(y1, y));
        (x0, y0) = (Math.Max(Math.Floor(x0), 0), Math.Max(Math.Floor(y0), 0));
        (x1, y1) = (Math.Min(Math.Ceiling(x1), frameWidth - 1), Math.Min(Math.Ceiling(y1), frameHeight - 1));
        if (!(x1 >= x0 && y1 >= y0))
            return null;
        // One pixel more all round: rounding may put a pixel of the tile a hair outside its corners.
        var (l, t) = ((int)x0 - LanczosTable.Before - 1, (int)y0 - LanczosTable.Before - 1);
        return new WindowBounds(l, t, (int)x1 + LanczosTable.After + 2 - l, (int)y1 + LanczosTable.After + 2 - t);
    }
}
