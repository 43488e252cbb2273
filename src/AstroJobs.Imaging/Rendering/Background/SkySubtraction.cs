using AstroJobs.Imaging.Stars;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Rendering.Background;

/// <summary>Makes the sky of a picture even: a smooth surface through its sky is taken off, its middle level put back.</summary>
internal sealed class SkySubtraction
{
    private const int Step = 16; // pixels between the nodes at which the surface is reckoned; bilinear in between
    private const int FewestCellsPerTerm = 3;
    private const int Rounds = 6;
    private const double TooBright = 2; // sigma: what is no sky is brighter than sky
    private const double TooDark = 3.5;
    private const double FarTooBright = 4; // so bright that the neighbours are suspect too

    private readonly int _width;
    private readonly int _columns;
    private readonly float[][] _nodes;

    private SkySubtraction(FrameInfo info, ISkySurface surface, BackgroundReport report)
    {
        (_width, Report) = (info.Width, report);
        _columns = ((info.Width - 1) / Step) + 2;
        var rows = ((info.Height - 1) / Step) + 2;
        var scale = Math.Max(info.Width, info.Height) / 2.0;
        _nodes = [.. Enumerable.Range(0, info.Channels).Select(_ => new float[_columns * rows])];
        Span<double> levels = stackalloc double[info.Channels];
        for (var node = 0; node < _columns * rows; node++)
        {
            surface.At(((node % _columns * Step) + 0.5 - (info.Width / 2.0)) / scale, ((node / _columns * Step) + 0.5 - (info.Height / 2.0)) / scale, levels);
            for (var channel = 0; channel < info.Channels; channel++)
                _nodes[channel][node] = (float)levels[channel];
        }
        foreach (var nodes in _nodes)
        {
            var middle = (float)ClippedStatistics.Median([.. nodes.Order()]);
            foreach (ref var node in nodes.AsSpan())
                node -= middle;
        }
        Report = report with { Range = [.. _nodes.Select(nodes => (double)nodes.Max() - nodes.Min())] };
    }

    public BackgroundReport Report { get; }

    /// <returns>Null when too little sky is seen.</returns>
    public static SkySubtraction? Measure(BackgroundModel model, FrameInfo info, RowSource read)
    {
        var cells = SkyCells.Measure(info, read);
        var order = model switch { BackgroundModel.Plane => 1, BackgroundModel.Poly2 => 2, BackgroundModel.Poly4 => 4, _ => 3 };
        if (Sky(cells, order) is not { } sky)
            return null;
        ISkySurface? surface = model == BackgroundModel.Rbf ? ThinPlateSurface.Fit(sky) : PolynomialSurface.Fit(order, sky);
        return surface is null ? null : new SkySubtraction(info, surface, new BackgroundReport(model, cells.Count, cells.Count - sky.Count, []));
    }

    public void Apply(int channel, int firstRow, Span<float> rows)
    {
        var nodes = _nodes[channel];
        for (var row = 0; row < rows.Length / _width; row++)
        {
            var (node, down) = Math.DivRem(firstRow + row, Step);
            var above = nodes.AsSpan(node * _columns, _columns);
            var below = nodes.AsSpan((node + 1) * _columns, _columns);
            var part = (float)down / Step;
            var line = rows.Slice(row * _width, _width);
            for (var x = 0; x < line.Length; x++)
            {
                var (column, right) = (x / Step, (float)(x % Step) / Step);
                var top = above[column] + ((above[column + 1] - above[column]) * right);
                var bottom = below[column] + ((below[column + 1] - below[column]) * right);
                line[x] -= top + ((bottom - top) * part);
            }
        }
    }

    /// <summary>The cells that show sky: the surface is made of higher and higher order, and what stands out of it each time is left out, so that a nebula is never followed.</summary>
    private static List<SkyCell>? Sky(IReadOnlyList<SkyCell> all, int highest)
    {
        List<SkyCell> kept = [.. all];
        for (var order = 1; order <= highest; order++)
        {
            for (var round = 0; round < Rounds; round++)
            {
                if (kept.Count < FewestCellsPerTerm * PolynomialSurface.TermsOf(order) || PolynomialSurface.Fit(order, kept) is not { } surface)
                    return null;
                kept = Keep(all, kept, surface);
            }
        }
        return kept.Count < FewestCellsPerTerm * PolynomialSurface.TermsOf(highest) ? null : kept;
    }

    private static List<SkyCell> Keep(IReadOnlyList<SkyCell> all, List<SkyCell> kept, PolynomialSurface surface)
    {
        var sigmas = new double[all[0].Levels.Length];
        for (var channel = 0; channel < sigmas.Length; channel++)
        {
            float[] distances = [.. kept.Select(cell => (float)Math.Abs(Excess(surface, cell)[channel])).Order()];
            sigmas[channel] = Math.Max(Mad.ToSigma * ClippedStatistics.Median(distances), 1e-9); // the MAD as a sigma
        }
        var bright = all.Where(cell => Excess(surface, cell).Zip(sigmas).Any(pair => pair.First > FarTooBright * pair.Second)).Select(cell => (cell.Column, cell.Row)).ToHashSet();
        return [.. all.Where(cell =>
            Excess(surface, cell).Zip(sigmas).All(pair => pair.First < TooBright * pair.Second && pair.First > -TooDark * pair.Second)
            && !Around(cell).Any(bright.Contains))];
    }

    private static IEnumerable<(int Column, int Row)> Around(SkyCell cell) =>
        Enumerable.Range(0, 9).Select(i => (cell.Column + (i % 3) - 1, cell.Row + (i / 3) - 1));

    private static double[] Excess(PolynomialSurface surface, SkyCell cell)
    {
        var levels = new double[cell.Levels.Length];
        surface.At(cell.U, cell.V, levels);
        for (var channel = 0; channel < levels.Length; channel++)
            levels[channel] = cell.Levels[channel] - levels[channel];
        return levels;
    }
}
