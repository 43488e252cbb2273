using AstroJobs.Imaging.Stacking.Checkpoints;
using AstroJobs.Imaging.Stacking.Integrating;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Landscape;

/// <summary>
/// Tells sky from ground by the frames as the camera stood (<see cref="StillDetail"/>): ground shows what stands still, a sky stars that move. Told in squares of
/// some pixels. Where neither is seen (a dark wall, a cloud, a starless sky) the squares follow their neighbours, the more the more alike their brightness:
/// Σ cᵢ(sᵢ − dᵢ)² + Σ wᵢⱼ(sᵢ − sⱼ)² is made least. Ground reaches an edge of the picture; nothing of it floats in the sky.
/// </summary>
internal static class SkyMaskFinder
{
    private const int Squares = 160; // on the longer side
    private const int SmallestSide = 4;
    private const int Rounds = 600;
    private const double FewStill = 0.08; // part of a square: so many may be hot pixels
    private const double ManyStill = 0.3;
    private const double FewMoving = 0.01;
    private const double ManyMoving = 0.1;
    private const double Prior = 0.002; // that up is sky and down is ground
    private const double Unlike = 0.01; // how much squares of different brightness still follow each other

    /// <param name="pass">Of the ground: the frames as the camera stood.</param>
    /// <param name="ground">What it made.</param>
    public static SkyMask Find(StackSession session, StackPass pass, PassPicture ground)
    {
        var plan = pass.Plan;
        var side = Math.Max(SmallestSide, Math.Max(plan.Width, plan.Height) / Squares);
        var (columns, rows) = (Math.Max(1, plan.Width / side), Math.Max(1, plan.Height / side));
        return new SkyMask(session.Checkpoint?.Remember(KeptPart.Mask, session.Checkpoint.RecipeOf(pass), Look) ?? Look(), columns, rows, side);

        float[] Look()
        {
            var detail = StillDetail.Measure(plan, pass.Frames, side, columns, rows, session.Cancellation);
            return [.. Connected(Solve(Evidence(detail, rows, columns), Levels(plan, ground, side, columns, rows), columns, rows), columns, rows)];
        }
    }

    /// <summary>Mean brightness of each square.</summary>
    private static double[] Levels(StripPlan plan, PassPicture picture, int side, int columns, int rows)
    {
        var levels = new double[columns * rows];
        using var strip = new PixelBuffer((long)side * plan.Width);
        for (var row = 0; row < rows; row++)
        {
            for (var channel = 0; channel < plan.Channels; channel++)
            {
                var samples = strip.Slice(0, side * plan.Width);
                picture.ReadRows(channel, row * side, samples);
                for (var i = 0; i < samples.Length; i++)
                {
                    if (i % plan.Width / side is var column && column < columns)
                        levels[(row * columns) + column] += samples[i] / (side * side);
                }
            }
        }
        return levels;
    }

    /// <summary>−1 ground … 1 sky, and how sure that is.</summary>
    private static (double Side, double Sure)[] Evidence((double Still, double Moving)[] detail, int rows, int columns) => [.. detail.Select((seen, i) =>
    {
        var ground = Math.Clamp((seen.Still - FewStill) / (ManyStill - FewStill), 0, 1);
        var sky = Math.Clamp((seen.Moving - FewMoving) / (ManyMoving - FewMoving), 0, 1) * (1 - ground);
        var up = 1 - (2 * (i / columns + 0.5) / rows);
        return ((sky - ground + (Prior * up)) / (sky + ground + Prior), sky + ground + Prior);
    })];

    private static double[] Solve((double Side, double Sure)[] evidence, double[] level, int columns, int rows)
    {
        float[] steps = [.. Enumerable.Range(1, level.Length - 1).Select(i => (float)Math.Abs(level[i] - level[i - 1])).Where(float.IsFinite).Order()];
        var alike = Math.Max(steps.Length == 0 ? 1 : 3 * ClippedStatistics.Median(steps), 1e-9);
        double[] right = [.. level.Select((_, i) => i % columns < columns - 1 ? Weight(i, i + 1) : 0)];
        double[] below = [.. level.Select((_, i) => i < columns * (rows - 1) ? Weight(i, i + columns) : 0)];
        var share = evidence.Select(square => square.Side).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < share.Length; i++)
            {
                var (sum, weights) = (evidence[i].Side * evidence[i].Sure, evidence[i].Sure);
                if (i % columns > 0)
                    (sum, weights) = (sum + (right[i - 1] * share[i - 1]), weights + right[i - 1]);
                if (right[i] > 0)
                    (sum, weights) = (sum + (right[i] * share[i + 1]), weights + right[i]);
                if (i >= columns)
                    (sum, weights) = (sum + (below[i - columns] * share[i - columns]), weights + below[i - columns]);
                if (below[i] > 0)
                    (sum, weights) = (sum + (below[i] * share[i + columns]), weights + below[i]);
                share[i] = sum / weights;
            }
        }
        return share;

        double Weight(int one, int other)
        {
            var distance = (level[one] - level[other]) / alike;
            return double.IsNaN(distance) ? Unlike : Unlike + Math.Exp(-distance * distance / 2);
        }
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
