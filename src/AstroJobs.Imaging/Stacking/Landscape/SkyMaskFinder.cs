using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Landscape;

/// <summary>
/// Tells sky from ground by how sharp each is: laid on the stars, the sky is sharp and the ground smeared; as the camera stood, the other way round. In squares of
/// some pixels the scatter within is measured on both pictures. Where neither shows anything (a dark wood, a starless sky) the squares follow their neighbours, the more
/// the more alike their brightness: Σ cᵢ(sᵢ − dᵢ)² + Σ wᵢⱼ(sᵢ − sⱼ)² is made least. Sky reaches the upper edge, ground does not float in it.
/// </summary>
internal static class SkyMaskFinder
{
    private const int Squares = 160; // on the longer side
    private const int SmallestSide = 4;
    private const int Rounds = 600;
    private const double Over = 1.6; // sharp: so many times the scatter of noise alone
    private const double Prior = 0.002; // that up is sky and down is ground

    public static SkyMask Find(ScratchPicture sky, ScratchPicture ground, int width, int height, int channels)
    {
        var side = Math.Max(SmallestSide, Math.Max(width, height) / Squares);
        var (columns, rows) = (Math.Max(1, width / side), Math.Max(1, height / side));
        var (laid, _) = Measure(sky, width, channels, side, columns, rows);
        var (still, level) = Measure(ground, width, channels, side, columns, rows);
        var share = Solve(Evidence(laid, still, rows, columns), level, columns, rows);
        return new SkyMask([.. Connected(share, columns, rows)], columns, rows, (double)width / columns);
    }

    /// <summary>Scatter of neighbours and mean level in each square; NaN where there is no data.</summary>
    private static (double[] Scatter, double[] Level) Measure(ScratchPicture picture, int width, int channels, int side, int columns, int rows)
    {
        var (scatter, level) = (new double[columns * rows], new double[columns * rows]);
        using var strip = new PixelBuffer((long)side * width);
        for (var row = 0; row < rows; row++)
        {
            for (var channel = 0; channel < channels; channel++)
            {
                var samples = strip.Slice(0, side * width);
                picture.ReadRows(channel, row * side, samples);
                for (var column = 0; column < columns; column++)
                {
                    double squares = 0, sum = 0;
                    for (var y = 1; y < side; y++)
                    {
                        for (var x = Math.Max(2, column * side); x < (column + 1) * side; x++)
                        {
                            var (here, left, above) = (samples[(y * width) + x], samples[(y * width) + x - 2], samples[((y - 1) * width) + x]);
                            squares += ((here - left) * (here - left)) + ((here - above) * (here - above));
                            sum += here;
                        }
                    }
                    scatter[(row * columns) + column] += squares;
                    level[(row * columns) + column] += sum / (side * (side - 1));
                }
            }
        }
        return ([.. scatter.Select(Math.Sqrt)], level);
    }

    /// <summary>−1 ground … 1 sky, and how sure that is.</summary>
    private static (double Side, double Sure)[] Evidence(double[] laid, double[] still, int rows, int columns)
    {
        var floors = (Laid: Floor(laid), Still: Floor(still));
        return [.. Enumerable.Range(0, laid.Length).Select(i =>
        {
            var (a, b) = (laid[i] / floors.Laid, still[i] / floors.Still);
            if (double.IsNaN(a) || double.IsNaN(b))
                return (0, 0);
            var up = 1 - (2 * (i / columns + 0.5) / rows);
            var sure = Math.Clamp((Math.Max(a, b) / Over) - 1, 0, 1) * Math.Abs(a - b) / (a + b);
            return (((Math.Sign(a - b) * sure) + (Prior * up)) / (sure + Prior), sure + Prior);
        })];
    }

    /// <summary>What noise alone gives: that of the quietest third.</summary>
    private static double Floor(double[] scatter)
    {
        float[] known = [.. scatter.Where(double.IsFinite).Select(value => (float)value).Order()];
        return known.Length == 0 ? 1 : Math.Max(known[known.Length / 4], 1e-9);
    }

    private static double[] Solve((double Side, double Sure)[] evidence, double[] level, int columns, int rows)
    {
        var share = evidence.Select(square => square.Side).ToArray();
        float[] steps = [.. Enumerable.Range(1, level.Length - 1).Select(i => (float)Math.Abs(level[i] - level[i - 1])).Where(float.IsFinite).Order()];
        var alike = Math.Max(steps.Length == 0 ? 1 : 3 * ClippedStatistics.Median(steps), 1e-9);
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < share.Length; i++)
            {
                var (sum, weights) = (evidence[i].Side * evidence[i].Sure, evidence[i].Sure);
                Join(i % columns > 0, i - 1);
                Join(i % columns < columns - 1, i + 1);
                Join(i >= columns, i - columns);
                Join(i < share.Length - columns, i + columns);
                share[i] = sum / weights;

                void Join(bool isThere, int other)
                {
                    if (!isThere)
                        return;
                    var distance = (level[i] - level[other]) / alike;
                    var weight = double.IsNaN(distance) ? 0.01 : 0.01 + Math.Exp(-distance * distance / 2);
                    (sum, weights) = (sum + (weight * share[other]), weights + weight);
                }
            }
        }
        return share;
    }

    private static IEnumerable<float> Connected(double[] share, int columns, int rows)
    {
        var isSky = share.Select(part => part > 0).ToArray();
        var fromTop = Reached(isSky, true, Enumerable.Range(0, columns), columns, rows);
        var ground = fromTop.Select(reached => !reached).ToArray();
        var fromBelow = Reached(ground, true, Enumerable.Range((rows - 1) * columns, columns).Concat(Enumerable.Range(0, rows).SelectMany(row => new[] { row * columns, (row * columns) + columns - 1 })).Concat(Enumerable.Range(0, columns)), columns, rows);
        return fromBelow.Select(reached => reached ? 0f : 1f);
    }

    /// <summary>The squares of one sort that hang together with the given ones.</summary>
    private static bool[] Reached(bool[] squares, bool sort, IEnumerable<int> seeds, int columns, int rows)
    {
        var reached = new bool[squares.Length];
        var open = new Stack<int>(seeds.Where(seed => squares[seed] == sort));
        while (open.TryPop(out var square))
        {
            if (reached[square])
                continue;
            reached[square] = true;
            var (column, row) = (square % columns, square / columns);
            foreach (var (x, y) in new[] { (column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1) })
            {
                if (x >= 0 && y >= 0 && x < columns && y < rows && squares[(y * columns) + x] == sort && !reached[(y * columns) + x])
                    open.Push((y * columns) + x);
            }
        }
        return reached;
    }
}
