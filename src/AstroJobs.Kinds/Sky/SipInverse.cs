using AstroJobs.Imaging.Registration;

namespace AstroJobs.Kinds.Sky;

/// <summary>
/// The way back of a <see cref="SipDistortion"/> as two polynomials, for programs that go from the sky to pixels by AP and BP:
/// distorted = (U + Σ AP_pq Uᵖ V^q, V + Σ BP_pq Uᵖ V^q). Fitted on a grid over the picture. Source: Shupe et al. 2005, ASPC 347, 491.
/// </summary>
/// <param name="Ap">By the powers of U and V; only those with p + q ≤ <paramref name="Order"/> count.</param>
public sealed record SipInverse(int Order, double[,] Ap, double[,] Bp)
{
    private const int HighestOrder = 9; // of the convention
    private const int Steps = 40; // of the grid, each way
    private const double Enough = 0.002; // pixels

    /// <summary>Of the lowest order that comes back to two thousandths of a pixel everywhere, else of the one that comes nearest.</summary>
    /// <param name="tangentX">The pixel from which the distortion counts, y downwards as in a picture.</param>
    public static SipInverse Fit(SipDistortion distortion, double tangentX, double tangentY, int width, int height)
    {
        var (grid, unit) = Grid(distortion, tangentX, tangentY, width, height);
        (SipInverse Inverse, double Worst)? best = null;
        for (var order = distortion.Order; order <= HighestOrder && best is not { Worst: <= Enough }; order++)
        {
            if (Fit(grid, unit, order) is { } fit && (best is null || fit.Worst < best.Value.Worst))
                best = fit;
        }
        return best?.Inverse ?? new SipInverse(1, new double[2, 2], new double[2, 2]);
    }

    /// <summary>From an offset in the picture without distortion (y downwards) to where the lens shows it.</summary>
    public (double X, double Y) Apply(double dx, double dy)
    {
        double f = 0, g = 0;
        for (var p = 0; p <= Order; p++)
        {
            for (var q = 0; p + q <= Order; q++)
            {
                var power = Math.Pow(dx, p) * Math.Pow(-dy, q);
                (f, g) = (f + (Ap[p, q] * power), g + (Bp[p, q] * power));
            }
        }
        return (dx + f, dy - g);
    }

    private static (List<Sample> Grid, double Unit) Grid(SipDistortion distortion, double tangentX, double tangentY, int width, int height)
    {
        var unit = Math.Max(width, height) / 2.0; // powers of about 1 keep the equations sound
        var grid = new List<Sample>();
        for (var i = 0; i <= Steps; i++)
        {
            for (var j = 0; j <= Steps; j++)
            {
                var (dx, dy) = ((width * (double)i / Steps) - 0.5 - tangentX, (height * (double)j / Steps) - 0.5 - tangentY);
                var (x, y) = distortion.Remove(dx, dy);
                grid.Add(new Sample(x / unit, -y / unit, dx - x, y - dy));
            }
        }
        return (grid, unit);
    }

    private static (SipInverse Inverse, double Worst)? Fit(List<Sample> grid, double unit, int order)
    {
        var terms = (order + 1) * (order + 2) / 2;
        var equations = new NormalEquations(terms, 2);
        var row = new double[terms];
        foreach (var sample in grid)
        {
            Powers(sample, order, row);
            equations.Add(row, 1, sample.ShiftU, sample.ShiftV);
        }
        if (equations.Solve() is not [var alongU, var alongV])
            return null;
        var worst = 0.0;
        foreach (var sample in grid)
        {
            Powers(sample, order, row);
            var (u, v) = (-sample.ShiftU, -sample.ShiftV);
            for (var i = 0; i < terms; i++)
                (u, v) = (u + (alongU[i] * row[i]), v + (alongV[i] * row[i]));
            worst = Math.Max(worst, double.Hypot(u, v));
        }
        return (new SipInverse(order, InPixels(alongU, order, unit), InPixels(alongV, order, unit)), worst);
    }

    private static void Powers(Sample sample, int order, double[] row)
    {
        var i = 0;
        for (var p = 0; p <= order; p++)
        {
            for (var q = 0; p + q <= order; q++)
                row[i++] = Math.Pow(sample.U, p) * Math.Pow(sample.V, q);
        }
    }

    private static double[,] InPixels(double[] terms, int order, double unit)
    {
        var inPixels = new double[order + 1, order + 1];
        var i = 0;
        for (var p = 0; p <= order; p++)
        {
            for (var q = 0; p + q <= order; q++)
                inPixels[p, q] = terms[i++] / Math.Pow(unit, p + q);
        }
        return inPixels;
    }

    /// <param name="U">To the right without distortion, in units.</param>
    /// <param name="V">Upwards.</param>
    /// <param name="ShiftU">What the lens adds, pixels to the right.</param>
    /// <param name="ShiftV">Upwards.</param>
    private readonly record struct Sample(double U, double V, double ShiftU, double ShiftV);
}
