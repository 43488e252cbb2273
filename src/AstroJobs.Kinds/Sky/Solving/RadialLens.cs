using AstroJobs.Imaging.Registration;

namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>
/// A lens that is round about the middle of the picture: what is seen at (u, v) would lie at (u, v)·(1 + k₁r² + k₂r⁴) without it (Brown 1966), which a
/// linear map brings to the plane of the sky. Seven or eight numbers: they hold where there are no stars, too.
/// </summary>
internal sealed class RadialLens
{
    public const int MostTerms = 2;

    private const int Rounds = 5; // Newton's: more change nothing
    private const int Linear = 6;

    // ξ₀, ∂ξ/∂u, ∂ξ/∂v, η₀, ∂η/∂u, ∂η/∂v, k₁, k₂.
    private readonly double[] _values;

    private RadialLens(double[] values) => _values = values;

    /// <summary>How many numbers were fitted.</summary>
    public int Free => _values.Length;

    /// <summary>Of the polynomial that it is.</summary>
    public int Order => 1 + (2 * (Free - Linear));

    /// <param name="terms">1: k₁; 2: k₂ too.</param>
    /// <returns>Null when the points are too few, or lie on one line.</returns>
    public static RadialLens? Fit(IReadOnlyList<PlatePoint> points, int terms)
    {
        var lens = new RadialLens(new double[Linear + terms]);
        for (var round = 0; round <= Rounds; round++)
        {
            // Nothing is known of the lens before there is a linear map.
            var count = round == 0 ? Linear : lens.Free;
            var equations = new NormalEquations(count, 1);
            foreach (var point in points)
            {
                var (xi, eta) = lens.Slopes(point, count);
                var seen = lens.At(point.U, point.V);
                equations.Add(xi, 1, point.Xi - seen.Xi);
                equations.Add(eta, 1, point.Eta - seen.Eta);
            }
            if (equations.Solve() is not [var step])
                return null;
            lens = new RadialLens([.. lens._values.Select((value, i) => i < count ? value + step[i] : value)]);
        }
        return lens;
    }

    /// <summary>Where it sees a place of the picture.</summary>
    public PlatePoint At(double u, double v)
    {
        var (x, y) = (u * Stretch(u, v), v * Stretch(u, v));
        return new PlatePoint(u, v, _values[0] + (_values[1] * x) + (_values[2] * y), _values[3] + (_values[4] * x) + (_values[5] * y));
    }

    /// <summary>The terms uᵖ v^q in the order of p + q, of those by falling p: u·r² = u³ + u·v², u·r⁴ = u⁵ + 2u³v² + u·v⁴.</summary>
    public double[] Polynomial(bool alongXi)
    {
        var (constant, a, b) = alongXi ? (_values[0], _values[1], _values[2]) : (_values[3], _values[4], _values[5]);
        var terms = new List<double> { constant, a, b };
        var k = _values.AsSpan(Linear);
        if (k.Length > 0)
            terms.AddRange([0, 0, 0, k[0] * a, k[0] * b, k[0] * a, k[0] * b]);
        if (k.Length > 1)
            terms.AddRange([0, 0, 0, 0, 0, k[1] * a, k[1] * b, 2 * k[1] * a, 2 * k[1] * b, k[1] * a, k[1] * b]);
        return [.. terms];
    }

    private double Stretch(double u, double v)
    {
        var (stretch, power, square) = (1.0, 1.0, (u * u) + (v * v));
        foreach (var k in _values.AsSpan(Linear))
            stretch += k * (power *= square);
        return stretch;
    }

    /// <summary>How ξ and η change with each of the first values.</summary>
    private (double[] Xi, double[] Eta) Slopes(PlatePoint point, int count)
    {
        var (xi, eta) = (new double[count], new double[count]);
        var stretch = Stretch(point.U, point.V);
        (xi[0], xi[1], xi[2]) = (1, point.U * stretch, point.V * stretch);
        (eta[3], eta[4], eta[5]) = (1, point.U * stretch, point.V * stretch);
        var power = 1.0;
        for (var i = Linear; i < count; i++)
        {
            power *= (point.U * point.U) + (point.V * point.V);
            (xi[i], eta[i]) = (((_values[1] * point.U) + (_values[2] * point.V)) * power, ((_values[4] * point.U) + (_values[5] * point.V)) * power);
        }
        return (xi, eta);
    }
}
