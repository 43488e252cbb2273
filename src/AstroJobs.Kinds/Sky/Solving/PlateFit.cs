using AstroJobs.Imaging.Registration;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Kinds.Sky.Solving;

/// <summary>
/// Fits the plane of the sky (ξ, η) as polynomials of the offset from the middle of the picture: the terms of first order are the CD matrix, those above,
/// brought back through it, the SIP distortion. Tried are lenses round about the middle of the picture (<see cref="RadialLens"/>) and general polynomials,
/// which follow a round lens where the picture has no stars; the least Bayesian information criterion decides (Schwarz 1978).
/// </summary>
internal sealed class PlateFit
{
    private const int PairsPerTerm = 8; // fewer, and the corners run away
    private const int Rounds = 4;
    private const double Clip = 3; // sigmas
    private const double MedianOfSigma = 1.1774; // √(2 ln 2): the median distance of a Gaussian in two dimensions
    private const double ReachMargin = 1.05;
    private const int Cells = 10; // on each side of the picture: one without a star follows the round lens
    private const double CellWeight = 0.03; // of a star

    private readonly int _order;
    private readonly double[] _xi;
    private readonly double[] _eta;

    private readonly int _free;

    /// <param name="free">How many numbers were fitted.</param>
    private PlateFit(int order, double[] xi, double[] eta, int free) => (_order, _xi, _eta, _free) = (order, xi, eta, free);

    /// <summary>The best fit around <paramref name="near"/>; null when the pairs are too few or lie on one line.</summary>
    /// <param name="near">About where the middle of the picture looks.</param>
    /// <param name="highestOrder">1 to 5.</param>
    public static Wcs? Make(IReadOnlyList<(Star Star, SkyStar Sky)> pairs, SkyPosition near, int width, int height, int highestOrder)
    {
        (Wcs Wcs, double Criterion)? best = null;
        foreach (var lens in Lenses(pairs.Count, highestOrder))
        {
            if (Fit(pairs, near, width, height, lens) is { } fit && (best is null || fit.Criterion < best.Value.Criterion))
                best = fit;
        }
        return best?.Wcs;
    }

    /// <summary>What so many pairs can tell.</summary>
    private static IEnumerable<Lens> Lenses(int pairs, int highestOrder)
    {
        for (var terms = 1; terms <= RadialLens.MostTerms && highestOrder > 1 && pairs >= PairsPerTerm * (3 + terms); terms++)
            yield return new Lens(0, terms);
        for (var order = 1; order <= highestOrder && pairs >= PairsPerTerm * Terms(order); order++)
            yield return new Lens(order, Math.Clamp((pairs / PairsPerTerm) - 3, 0, order == 1 ? 0 : RadialLens.MostTerms));
    }

    /// <summary>In each round the middle of the plane moves to where the round before found it, and what lies far off is left out.</summary>
    private static (Wcs Wcs, double Criterion)? Fit(
        IReadOnlyList<(Star Star, SkyStar Sky)> pairs, SkyPosition middle, int width, int height, Lens lens)
    {
        (Wcs, double)? made = null;
        var kept = Enumerable.Repeat(true, pairs.Count).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var plane = PlaneAt(middle);
            var points = Points(pairs, plane, width, height);
            if (Solve([.. points.Where((_, i) => kept[i])], lens, width, height) is not { } fit)
                return made;
            var limit = Clip * Median([.. points.Select(fit.Residual)]) / MedianOfSigma;
            kept = [.. points.Select(point => fit.Residual(point) <= limit)]; // now: near a pole the axes of the next plane are turned
            middle = plane.ToSky(fit._xi[0], -fit._eta[0]);
            if (fit.ToWcs(middle, width, height) is not { } wcs)
                return made;
            made = (wcs, fit.Criterion(points, limit));
        }
        return made;
    }

    private static int Terms(int order) => (order + 1) * (order + 2) / 2;

    /// <summary>One degree a unit, ξ to the right and η upwards (y downwards).</summary>
    private static Wcs PlaneAt(SkyPosition tangent) => Wcs.FromCdMatrix(tangent, 0, 0, (1, 0, 0, 1));

    private static List<PlatePoint> Points(IReadOnlyList<(Star Star, SkyStar Sky)> pairs, Wcs plane, int width, int height)
    {
        var points = new List<PlatePoint>(pairs.Count);
        foreach (var (star, sky) in pairs)
        {
            _ = plane.TryToPixel(sky.Position, out var xi, out var down); // a star of the picture is never a right angle away from its middle
            points.Add(new PlatePoint((star.X - ((width - 1) / 2.0)) / Unit(width, height), (((height - 1) / 2.0) - star.Y) / Unit(width, height), xi, -down));
        }
        return points;
    }

    /// <summary>Offsets of about 1 keep the equations sound.</summary>
    private static double Unit(int width, int height) => Math.Max(width, height) / 2.0;

    private static PlateFit? Solve(List<PlatePoint> points, Lens lens, int width, int height)
    {
        var round = lens.RadialTerms > 0 ? RadialLens.Fit(points, lens.RadialTerms) : null;
        if (lens.Order == 0)
            return round is null ? null : new PlateFit(round.Order, round.Polynomial(alongXi: true), round.Polynomial(alongXi: false), round.Free);
        var equations = new NormalEquations(Terms(lens.Order), 2);
        var row = new double[Terms(lens.Order)];
        foreach (var point in points)
            Add(point, 1);
        foreach (var point in round is null ? [] : EmptyCells(points, round, width, height))
            Add(point, CellWeight);
        return equations.Solve() is [var xi, var eta] ? new PlateFit(lens.Order, xi, eta, 2 * xi.Length) : null;

        void Add(PlatePoint point, double weight)
        {
            Powers(point, lens.Order, row);
            equations.Add(row, weight, point.Xi, point.Eta);
        }
    }

    /// <summary>The middles of the parts of the picture that have no star, where the round lens sees them.</summary>
    private static IEnumerable<PlatePoint> EmptyCells(List<PlatePoint> points, RadialLens lens, int width, int height)
    {
        var (across, down) = (width / 2.0 / Unit(width, height), height / 2.0 / Unit(width, height));
        var starry = points.Select(point => (Cell(point.U / across), Cell(point.V / down))).ToHashSet();
        for (var i = 0; i < Cells * Cells; i++)
        {
            var (column, row) = (i % Cells, i / Cells);
            if (!starry.Contains((column, row)))
                yield return lens.At(across * Middle(column), down * Middle(row));
        }

        static int Cell(double place) => Math.Clamp((int)((place + 1) / 2 * Cells), 0, Cells - 1);
        static double Middle(int cell) => ((2 * cell) + 1.0 - Cells) / Cells;
    }

    /// <summary>uᵖ v^q in the order of p + q.</summary>
    private static void Powers(PlatePoint point, int order, double[] row)
    {
        var i = 0;
        for (var sum = 0; sum <= order; sum++)
        {
            for (var q = 0; q <= sum; q++)
                row[i++] = Math.Pow(point.U, sum - q) * Math.Pow(point.V, q);
        }
    }

    /// <summary>Degrees.</summary>
    private double Residual(PlatePoint point)
    {
        var row = new double[_xi.Length];
        Powers(point, _order, row);
        var (xi, eta) = (-point.Xi, -point.Eta);
        for (var i = 0; i < row.Length; i++)
            (xi, eta) = (xi + (_xi[i] * row[i]), eta + (_eta[i] * row[i]));
        return double.Hypot(xi, eta);
    }

    /// <summary>Pairs beyond the limit count as if they lay at it: an order must not win by leaving stars out.</summary>
    private double Criterion(List<PlatePoint> points, double limit)
    {
        var squares = points.Sum(point => Math.Pow(Math.Min(Residual(point), limit), 2));
        var samples = 2.0 * points.Count;
        return (samples * Math.Log(Math.Max(squares, 1e-20) / samples)) + (_free * Math.Log(samples));
    }

    private Wcs? ToWcs(SkyPosition middle, int width, int height)
    {
        var unit = Unit(width, height);
        var cd = (Xx: _xi[1] / unit, Xy: _xi[2] / unit, Yx: _eta[1] / unit, Yy: _eta[2] / unit);
        var determinant = (cd.Xx * cd.Yy) - (cd.Xy * cd.Yx);
        if (!(Math.Abs(determinant) > 1e-20))
            return null;
        var (a, b) = (new double[_order + 1, _order + 1], new double[_order + 1, _order + 1]);
        var i = 3;
        for (var sum = 2; sum <= _order; sum++)
        {
            for (var q = 0; q <= sum; q++, i++)
            {
                var power = Math.Pow(unit, sum);
                var (xi, eta) = (_xi[i] / power, _eta[i] / power);
                a[sum - q, q] = ((cd.Yy * xi) - (cd.Xy * eta)) / determinant;
                b[sum - q, q] = ((cd.Xx * eta) - (cd.Yx * xi)) / determinant;
            }
        }
        var distortion = _order == 1 ? null : new SipDistortion(_order, a, b, ReachMargin * double.Hypot(width, height) / 2);
        return Wcs.FromCdMatrix(middle, (width - 1) / 2.0, (height - 1) / 2.0, cd, distortion);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    /// <param name="Order">Of the general polynomial; 0: the round lens alone.</param>
    /// <param name="RadialTerms">Of the round lens.</param>
    private readonly record struct Lens(int Order, int RadialTerms);
}
