namespace AstroJobs.Imaging.Rendering.Background;

/// <summary>
/// a₀ + a₁u + a₂v + Σ wᵢ φ(|(u, v) − (uᵢ, vᵢ)|), φ(r) = r² ln r, with (K + λI) w + P a = f and Pᵀ w = 0: the surface that bends least and goes near
/// all samples (Wahba 1990, Spline Models for Observational Data, §2.4).
/// </summary>
internal sealed class ThinPlateSurface : ISkySurface
{
    private const int MostSamples = 300;
    private const double Smoothing = 0.05;

    private readonly IReadOnlyList<SkyCell> _cells;
    private readonly double[][] _weights; // of the samples, then a₀, a₁, a₂; one row a channel

    private ThinPlateSurface(IReadOnlyList<SkyCell> cells, double[][] weights) => (_cells, _weights) = (cells, weights);

    /// <returns>Null when the cells do not tell it.</returns>
    public static ThinPlateSurface? Fit(IReadOnlyList<SkyCell> cells)
    {
        // Spread evenly over the picture: the golden section visits no column again and again.
        var step = Math.Max(1, (double)cells.Count / MostSamples);
        var used = Enumerable.Range(0, Math.Min(MostSamples, cells.Count)).Select(i => cells[(int)(i * step)]).ToArray();
        var size = used.Length + 3;
        var channels = used[0].Levels.Length;
        var matrix = new double[size, size + channels];
        for (var i = 0; i < used.Length; i++)
        {
            for (var j = 0; j < used.Length; j++)
                matrix[i, j] = i == j ? Smoothing : Kernel(used[i].U - used[j].U, used[i].V - used[j].V);
            var plane = new[] { 1, used[i].U, used[i].V };
            for (var k = 0; k < 3; k++)
                (matrix[i, used.Length + k], matrix[used.Length + k, i]) = (plane[k], plane[k]);
            for (var channel = 0; channel < channels; channel++)
                matrix[i, size + channel] = used[i].Levels[channel];
        }
        return Eliminate(matrix, size, channels) is { } weights ? new ThinPlateSurface(used, weights) : null;
    }

    public void At(double u, double v, Span<double> levels)
    {
        var plane = _cells.Count;
        for (var channel = 0; channel < levels.Length; channel++)
            levels[channel] = _weights[channel][plane] + (_weights[channel][plane + 1] * u) + (_weights[channel][plane + 2] * v);
        for (var i = 0; i < _cells.Count; i++)
        {
            var kernel = Kernel(u - _cells[i].U, v - _cells[i].V);
            for (var channel = 0; channel < levels.Length; channel++)
                levels[channel] += _weights[channel][i] * kernel;
        }
    }

    private static double Kernel(double du, double dv)
    {
        var square = (du * du) + (dv * dv);
        return square < 1e-12 ? 0 : 0.5 * square * Math.Log(square);
    }

    /// <summary>Gauss and Jordan with row pivots.</summary>
    private static double[][]? Eliminate(double[,] matrix, int size, int targets)
    {
        for (var column = 0; column < size; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < size; row++)
            {
                if (Math.Abs(matrix[row, column]) > Math.Abs(matrix[pivot, column]))
                    pivot = row;
            }
            if (Math.Abs(matrix[pivot, column]) < 1e-12)
                return null;
            for (var k = 0; k < size + targets && pivot != column; k++)
                (matrix[column, k], matrix[pivot, k]) = (matrix[pivot, k], matrix[column, k]);
            for (var row = 0; row < size; row++)
            {
                var factor = matrix[row, column] / matrix[column, column];
                for (var k = column; k < size + targets && row != column && factor != 0; k++)
                    matrix[row, k] -= factor * matrix[column, k];
            }
        }
        return [.. Enumerable.Range(0, targets).Select(target => Enumerable.Range(0, size).Select(row => matrix[row, size + target] / matrix[row, row]).ToArray())];
    }
}
