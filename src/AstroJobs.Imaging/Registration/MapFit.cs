using System.Runtime.InteropServices;
using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Registration;

/// <summary>The map of a shape that lies closest to pairs of stars, by weighted least squares on coordinates of about −1 … 1.</summary>
/// <param name="width">Of the frame.</param>
internal sealed class MapFit(int width, int height)
{
    private const int Rounds = 8;

    private readonly double _x = (width - 1) / 2.0;
    private readonly double _y = (height - 1) / 2.0;
    private readonly double _size = Math.Max(width, height) / 2.0;

    /// <summary>The closest map by <see cref="HuberWeights"/>.</summary>
    /// <returns>Null when the pairs do not fix such a map.</returns>
    public FrameMap? FitRobustly(MapShape shape, List<StarPair> pairs, bool mirrored)
    {
        if (pairs.Count < shape.FewestPairs)
            return null;
        var span = CollectionsMarshal.AsSpan(pairs);
        var weights = new HuberWeights(span);
        var tilt = shape.Model == TransformModel.Distortion ? FitHomography(span, weights.Values, before: null)?.Plane ?? PixelMap.Identity : PixelMap.Identity;
        var map = Fit(shape, span, weights.Values, mirrored, tilt, before: null);
        for (var round = 0; round < Rounds && map is not null; round++)
        {
            for (var i = 0; i < span.Length; i++)
                weights.Distances[i] = Residual(map, in span[i]);
            if (!weights.Update())
                break;
            map = Fit(shape, span, weights.Values, mirrored, tilt, map);
        }
        return map;
    }

    /// <summary>One map after the other as one, exact where nothing is bent and else to what a polynomial of the highest order holds.</summary>
    public static FrameMap? Joined(FrameMap first, FrameMap second, int width, int height)
    {
        if (first.Bend is null && second.Bend is null)
            return FrameMap.Of(first.Plane.Then(second.Plane), first.Model > second.Model ? first.Model : second.Model);
        const int side = 15;
        var pairs = new List<StarPair>();
        for (var i = 0; i < side * side; i++)
        {
            var (x, y) = (i % side * (width - 1.0) / (side - 1), i / side * (height - 1.0) / (side - 1));
            var (mx, my) = first.ToReference(x, y);
            var (tx, ty) = second.ToReference(mx, my);
            pairs.Add(new StarPair(new Star(x, y, 1, 1, 1, 0, false, 0), new Star(tx, ty, 1, 1, 1, 0, false, 0)));
        }
        return new MapFit(width, height).FitRobustly(new MapShape(TransformModel.Distortion, LensBend.HighestOrder), pairs, mirrored: false);
    }

    /// <summary>How far the mapped source star lies from its target, pixels.</summary>
    public static double Residual(FrameMap map, in StarPair pair)
    {
        var (x, y) = map.ToReference(pair.Source.X, pair.Source.Y);
        var (dx, dy) = (x - pair.Target.X, y - pair.Target.Y);
        return Math.Sqrt((dx * dx) + (dy * dy));
    }

    internal static double Median(ReadOnlySpan<double> values) => Selection.Middle(values.ToArray());

    private FrameMap? Fit(MapShape shape, ReadOnlySpan<StarPair> pairs, ReadOnlySpan<double> weights, bool mirrored, PixelMap tilt, FrameMap? before) => shape.Model switch
    {
        TransformModel.Shift => FitShift(pairs, weights),
        TransformModel.Similarity => SimilarityFit.Fit(pairs, weights, mirrored) is { } map ? FrameMap.Of(map, shape.Model) : null,
        TransformModel.Homography => FitHomography(pairs, weights, before),
        _ => FitPolynomial(shape, pairs, weights, tilt),
    };

    private static FrameMap FitShift(ReadOnlySpan<StarPair> pairs, ReadOnlySpan<double> weights)
    {
        double sum = 0, x = 0, y = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            x += weights[i] * (pairs[i].Target.X - pairs[i].Source.X);
            y += weights[i] * (pairs[i].Target.Y - pairs[i].Source.Y);
        }
        return FrameMap.Of(new PixelMap(1, 0, x / sum, 0, 1, y / sum), TransformModel.Shift);
    }

    /// <summary>
    /// A polynomial onto the targets as <paramref name="tilt"/> leads back to them (a turn of the sky behind a wide lens is a tilt, which no low order
    /// follows). Its linear part joins the plane, whose inverse turns the rest into a bend of the frame.
    /// </summary>
    private FrameMap? FitPolynomial(MapShape shape, ReadOnlySpan<StarPair> pairs, ReadOnlySpan<double> weights, PixelMap tilt)
    {
        var untilt = tilt.Inverse();
        var bends = shape.Model == TransformModel.Distortion;
        var terms = new double[3 + (bends ? LensBend.TermsOf(shape.Order) : 0)];
        var equations = new NormalEquations(terms.Length, targets: 2);
        for (var i = 0; i < weights.Length; i++)
        {
            var (u, v) = ((pairs[i].Source.X - _x) / _size, (pairs[i].Source.Y - _y) / _size);
            (terms[0], terms[1], terms[2]) = (1, u, v);
            if (bends)
                LensBend.Powers(shape.Order, u, v, terms.AsSpan(3));
            var (x, y) = untilt.Map(pairs[i].Target.X, pairs[i].Target.Y);
            equations.Add(terms, weights[i], x, y);
        }
        if (equations.Solve() is not [var cx, var cy])
            return null;
        var plane = new PixelMap(1 / _size, 0, -_x / _size, 0, 1 / _size, -_y / _size).Then(new PixelMap(cx[1], cx[2], cx[0], cy[1], cy[2], cy[0])).Then(tilt);
        var determinant = (cx[1] * cy[2]) - (cx[2] * cy[1]);
        if (determinant == 0)
            return null;
        if (!bends)
            return FrameMap.Of(plane, shape.Model);
        var (bx, by) = (new double[terms.Length - 3], new double[terms.Length - 3]);
        for (var i = 0; i < bx.Length; i++)
        {
            bx[i] = ((cy[2] * cx[i + 3]) - (cx[2] * cy[i + 3])) / determinant;
            by[i] = ((cx[1] * cy[i + 3]) - (cy[1] * cx[i + 3])) / determinant;
        }
        return new FrameMap(plane, new LensBend(shape.Order, _x, _y, _size, bx, by), shape.Model);
    }

    /// <summary>x'(g u + h v + 1) = a u + b v + c is linear in its eight numbers; dividing each weight by the last denominator's square makes it the distance on the reference.</summary>
    private FrameMap? FitHomography(ReadOnlySpan<StarPair> pairs, ReadOnlySpan<double> weights, FrameMap? before)
    {
        var into = new PixelMap(1 / _size, 0, -_x / _size, 0, 1 / _size, -_y / _size);
        double tx = 0, ty = 0;
        foreach (ref readonly var pair in pairs)
            (tx, ty) = (tx + (pair.Target.X / pairs.Length), ty + (pair.Target.Y / pairs.Length));
        var denominator = before is null ? PixelMap.Identity : into.Inverse().Then(before.Plane).Then(new PixelMap(1 / _size, 0, -tx / _size, 0, 1 / _size, -ty / _size));
        var equations = new NormalEquations(8, targets: 1);
        for (var i = 0; i < weights.Length; i++)
        {
            var (u, v) = into.Map(pairs[i].Source.X, pairs[i].Source.Y);
            var (x, y) = ((pairs[i].Target.X - tx) / _size, (pairs[i].Target.Y - ty) / _size);
            var w = (denominator.G * u) + (denominator.H * v) + 1;
            var weight = weights[i] / (w * w);
            equations.Add([u, v, 1, 0, 0, 0, -u * x, -v * x], weight, x);
            equations.Add([0, 0, 0, u, v, 1, -u * y, -v * y], weight, y);
        }
        if (equations.Solve() is not [var c])
            return null;
        var map = into.Then(new PixelMap(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7])).Then(new PixelMap(_size, 0, tx, 0, _size, ty));
        return (map.A * map.E) - (map.B * map.D) == 0 ? null : FrameMap.Of(map, TransformModel.Homography);
    }
}
