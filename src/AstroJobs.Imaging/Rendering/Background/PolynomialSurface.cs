using AstroJobs.Imaging.Registration;

namespace AstroJobs.Imaging.Rendering.Background;

/// <summary>Σ c[i,j] uⁱ vʲ over i + j ≤ order, one a channel, by least squares.</summary>
internal sealed class PolynomialSurface : ISkySurface
{
    private readonly int _order;
    private readonly double[][] _coefficients;

    private PolynomialSurface(int order, double[][] coefficients) => (_order, _coefficients) = (order, coefficients);

    /// <returns>Null when the cells do not tell it.</returns>
    public static PolynomialSurface? Fit(int order, IReadOnlyList<SkyCell> cells)
    {
        var terms = new double[TermsOf(order)];
        var equations = new NormalEquations(terms.Length, cells[0].Levels.Length);
        foreach (var cell in cells)
        {
            Terms(order, cell.U, cell.V, terms);
            equations.Add(terms, 1, cell.Levels);
        }
        return equations.Solve() is { } coefficients ? new PolynomialSurface(order, coefficients) : null;
    }

    public static int TermsOf(int order) => (order + 1) * (order + 2) / 2;

    public void At(double u, double v, Span<double> levels)
    {
        Span<double> terms = stackalloc double[TermsOf(_order)];
        Terms(_order, u, v, terms);
        for (var channel = 0; channel < levels.Length; channel++)
        {
            levels[channel] = 0;
            for (var i = 0; i < terms.Length; i++)
                levels[channel] += terms[i] * _coefficients[channel][i];
        }
    }

    private static void Terms(int order, double u, double v, Span<double> terms)
    {
        var next = 0;
        for (var degree = 0; degree <= order; degree++)
        {
            for (var i = 0; i <= degree; i++)
                terms[next++] = Math.Pow(u, degree - i) * Math.Pow(v, i);
        }
    }
}
