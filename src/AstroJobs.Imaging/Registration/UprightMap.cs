using System.Numerics;

namespace AstroJobs.Imaging.Registration;

/// <summary>
/// An affine map that turns little and does not magnify, taken apart for two passes (Catmull and Smith 1980): along the rows of the frame to
/// the columns of the result, u = step·x + lean·v + start; then along those columns, v = D·x + E·y + F.
/// </summary>
/// <param name="Map">Result pixels to frame pixels; of a frame that <see cref="IsUpsideDown"/>, to those of the frame turned by 180°.</param>
/// <param name="Step">Frame columns a result column, nearly 1.</param>
internal readonly record struct UprightMap(PixelMap Map, double Step, double Lean, double Start)
{
    /// <summary>Columns that are drawn together; they begin at multiples of it, so that the result does not depend on the tiles.</summary>
    public const int Block = 8;

    /// <summary>The most result rows that share the weights of the second pass.</summary>
    public const int MostLines = 4;

    private const double EvenStep = 2.5e-4; // a block's outer column lies a thousandth of a pixel off; reached by a turn of 1.28°
    private const double EvenLine = 6e-4; // the outer one of four rows lies a thousandth of a pixel off; reached by a turn of 2°
    private const double EvenTurn = 0.025; // a block's outer column lies a tenth of a row off
    private const double MostTurn = 0.1; // the columns of a block lie within two rows; 5.7°
    private const double MostStretch = 0.02;

    /// <summary>The frame is taken turned by 180°, as a mount leaves it that has passed the meridian.</summary>
    public bool IsUpsideDown { get; init; }

    /// <summary>The columns of a block share one fraction.</summary>
    public bool HasEvenSteps => Math.Abs(Step - 1) <= EvenStep;

    /// <summary>The columns of a block share their rows.</summary>
    public bool HasEvenRows => Math.Abs(Map.D) <= EvenTurn;

    /// <summary>So many rows share their fractions, from a multiple of it on, whatever the tiles are.</summary>
    public int Lines => Math.Abs(Map.E - 1) <= EvenLine ? MostLines : 1;

    /// <returns>Null where it turns, magnifies or bends more, or where vectors are longer than a block (<c>DOTNET_MaxVectorTBitWidth</c>).</returns>
    public static UprightMap? Of(FrameMap map, int frameWidth, int frameHeight)
    {
        if (!map.IsAffine)
            return null;
        var back = map.PlaneBack;
        return back.A < 0 && back.E < 0
            ? Of(back.Then(new PixelMap(-1, 0, frameWidth - 1, 0, -1, frameHeight - 1))) is { } turned ? turned with { IsUpsideDown = true } : null
            : Of(back);
    }

    /// <param name="map">Result pixels to frame pixels.</param>
    public static UprightMap? Of(PixelMap map)
    {
        if (Vector<float>.Count > Block || !map.IsAffine || !(Math.Abs(map.E - 1) <= MostStretch) || !(Math.Abs(map.D) <= MostTurn) || !(Math.Abs(map.B) <= MostTurn))
            return null;
        var lean = map.B / map.E;
        var step = map.A - (lean * map.D);
        return Math.Abs(step - 1) <= MostStretch ? new UprightMap(map, step, lean, map.C - (lean * map.F)) : null;
    }

    /// <summary>The columns from <paramref name="left"/> on, of <paramref name="width"/>, of a result row that lie within the frame; counted from left.</summary>
    public (int From, int To) Inside(int left, int width, int y, int frameWidth, int frameHeight)
    {
        var (from, to) = (0.0, width - 1.0);
        Narrow(Map.A, (Map.A * left) + (Map.B * y) + Map.C, frameWidth - 1, ref from, ref to);
        Narrow(Map.D, (Map.D * left) + (Map.E * y) + Map.F, frameHeight - 1, ref from, ref to);
        if (!(from <= to + 1))
            return (0, 0);
        // The formula above rounds otherwise than the map itself, which has the last word.
        var (first, last) = ((int)Math.Max(0, Math.Ceiling(from) - 1), (int)Math.Min(width - 1, Math.Floor(to) + 1));
        while (first <= last && !IsInside(left + first, y, frameWidth, frameHeight))
            first++;
        while (last >= first && !IsInside(left + last, y, frameWidth, frameHeight))
            last--;
        return first <= last ? (first, last + 1) : (0, 0);
    }

    /// <summary>Of the same columns those that some of the result rows needs of frame row <paramref name="v"/>, whole blocks.</summary>
    public (int From, int To) Needed(int left, int width, int firstRow, int rows, int v)
    {
        var (from, to) = (0.0, width - 1.0);
        // D·x between these two: eight rows are the reach of the taps.
        var least = v - LanczosTable.Taps - (Map.E * (firstRow + rows - 1)) - Map.F - (Map.D * left);
        var most = v + LanczosTable.Taps - (Map.E * firstRow) - Map.F - (Map.D * left);
        Narrow(Map.D, -least, most - least, ref from, ref to);
        return from <= to ? ((int)from / Block * Block, Math.Min(((width + Block - 1) / Block) * Block, (((int)to / Block) + 1) * Block)) : (0, 0);
    }

    private bool IsInside(int x, int y, int frameWidth, int frameHeight)
    {
        var (sx, sy) = ((Map.A * x) + ((Map.B * y) + Map.C), (Map.D * x) + ((Map.E * y) + Map.F));
        return sx >= 0 && sy >= 0 && sx <= frameWidth - 1 && sy <= frameHeight - 1;
    }

    /// <summary>Keeps the x with 0 ≤ slope·x + level ≤ length.</summary>
    private static void Narrow(double slope, double level, double length, ref double from, ref double to)
    {
        if (slope == 0)
        {
            if (level < 0 || level > length)
                (from, to) = (1, -1);
            return;
        }
        var (a, b) = (-level / slope, (length - level) / slope);
        (from, to) = (Math.Max(from, Math.Min(a, b)), Math.Min(to, Math.Max(a, b)));
    }
}
