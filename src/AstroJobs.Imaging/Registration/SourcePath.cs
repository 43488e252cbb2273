namespace AstroJobs.Imaging.Registration;

/// <summary>Where the pixels of a row of the result lie on a frame.</summary>
internal static class SourcePath
{
    /// <summary>
    /// A bend is reckoned only at every eighth column, counted from the result's left edge so that tiles of any width agree; between, the straight
    /// line is off by h²/8 of the curvature: a thousandth of a pixel where the scale changes by a hundredth over a hundred pixels.
    /// </summary>
    public const int Step = 8;

    /// <param name="x">Result column of the first pixel.</param>
    /// <param name="sx">Frame columns; NaN where there is no such place.</param>
    public static void Fill(FrameMap map, int x, int y, Span<double> sx, Span<double> sy)
    {
        if (map.Bend is not null)
        {
            FillBent(map, map.Bend, x, y, sx, sy);
            return;
        }
        for (var i = 0; i < sx.Length; i++)
            (sx[i], sy[i]) = map.PlaneBack.Map(x + i, y);
    }

    private static void FillBent(FrameMap map, LensBend bend, int x, int y, Span<double> sx, Span<double> sy)
    {
        var knot = FloorToStep(x);
        var (leftX, leftY) = map.ToFrame(knot, y);
        for (var i = 0; i < sx.Length; knot += Step)
        {
            var (px, py) = map.PlaneBack.Map(knot + Step, y);
            var (rightX, rightY) = bend.BendBack(px, py, px, py);
            for (; i < sx.Length && x + i < knot + Step; i++)
            {
                var part = (x + i - knot) / (double)Step;
                sx[i] = leftX + (part * (rightX - leftX));
                sy[i] = leftY + (part * (rightY - leftY));
            }
            (leftX, leftY) = (rightX, rightY);
        }
    }

    internal static int FloorToStep(int x) => x - (((x % Step) + Step) % Step);
}
