namespace AstroJobs.Imaging.Registration;

/// <summary>
/// What a lens bends: x' = x + s Σ cx[i,j] uⁱ vʲ, y' likewise, over 2 ≤ i + j ≤ order, with u = (x − x₀)/s and v = (y − y₀)/s. No constant and no
/// linear term: those are the plane's.
/// </summary>
public sealed class LensBend
{
    public const int HighestOrder = 7;

    private const int MostSteps = 40;
    private const double Near = 1e-6; // pixels

    private readonly double _x;
    private readonly double _y;
    private readonly double _size;
    private readonly double[] _cx;
    private readonly double[] _cy;

    /// <param name="x">Middle of the frame.</param>
    /// <param name="size">Half a side of the frame, so that u and v stay near −1 … 1.</param>
    /// <param name="cx">In the order of <see cref="Powers"/>.</param>
    public LensBend(int order, double x, double y, double size, double[] cx, double[] cy)
    {
        (Order, _x, _y, _size, _cx, _cy) = (order, x, y, size, cx, cy);
    }

    public int Order { get; }

    /// <summary>How many terms of the second and higher orders there are.</summary>
    public static int TermsOf(int order) => ((order + 1) * (order + 2) / 2) - 3;

    /// <summary>u², uv, v², u³, u²v … into <paramref name="terms"/>.</summary>
    public static void Powers(int order, double u, double v, Span<double> terms)
    {
        var (next, before) = (0, 0);
        (terms[next++], terms[next++], terms[next++]) = (u * u, u * v, v * v);
        for (var degree = 3; degree <= order; degree++)
        {
            var first = next;
            for (var i = 0; i < degree; i++)
                terms[next++] = terms[before + i] * u;
            terms[next++] = terms[before + degree - 1] * v;
            before = first;
        }
    }

    public (double X, double Y) Straighten(double x, double y)
    {
        Span<double> terms = stackalloc double[TermsOf(HighestOrder)];
        Powers(Order, (x - _x) / _size, (y - _y) / _size, terms);
        double sx = 0, sy = 0;
        for (var i = 0; i < _cx.Length; i++)
        {
            sx += _cx[i] * terms[i];
            sy += _cy[i] * terms[i];
        }
        return (x + (_size * sx), y + (_size * sy));
    }

    /// <summary>The point whose straightened place is (x, y), by steps of what is missing; NaN where there is none.</summary>
    /// <param name="guessX">Where to begin.</param>
    public (double X, double Y) BendBack(double x, double y, double guessX, double guessY)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var (sx, sy) = Straighten(guessX, guessY);
            var (dx, dy) = (x - sx, y - sy);
            (guessX, guessY) = (guessX + dx, guessY + dy);
            if (Math.Abs(dx) + Math.Abs(dy) < Near)
                return (guessX, guessY);
        }
        return (double.NaN, double.NaN);
    }
}
