using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Registration;

/// <summary>Weighted linear least squares: (Φᵀ W Φ) c = Φᵀ W t for some targets t at once, solved by Cholesky's decomposition.</summary>
public sealed class NormalEquations(int unknowns, int targets)
{
    private const double SmallestPivot = 1e-12; // of the largest: below it the unknowns do not stand apart

    private readonly double[] _matrix = new double[unknowns * unknowns];
    private readonly double[] _right = new double[unknowns * targets];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<double> row, double weight, params ReadOnlySpan<double> values)
    {
        for (var i = 0; i < unknowns; i++)
        {
            var weighted = weight * row[i];
            var line = _matrix.AsSpan(i * unknowns, i + 1);
            for (var j = 0; j < line.Length; j++)
                line[j] += weighted * row[j];
            for (var t = 0; t < targets; t++)
                _right[(t * unknowns) + i] += weighted * values[t];
        }
    }

    /// <returns>The unknowns of each target; null when the rows do not tell them apart.</returns>
    public double[][]? Solve()
    {
        if (!Decompose())
            return null;
        return [.. Enumerable.Range(0, targets).Select(target => Substitute(_right.AsSpan(target * unknowns, unknowns)))];
    }

    /// <summary>The lower triangle becomes L of L Lᵀ.</summary>
    private bool Decompose()
    {
        var largest = 0.0;
        for (var i = 0; i < unknowns; i++)
            largest = Math.Max(largest, At(i, i));
        for (var i = 0; i < unknowns; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = At(i, j);
                for (var k = 0; k < j; k++)
                    sum -= At(i, k) * At(j, k);
                if (i != j)
                    At(i, j) = sum / At(j, j);
                else if (sum > SmallestPivot * largest)
                    At(i, i) = Math.Sqrt(sum);
                else
                    return false;
            }
        }
        return true;
    }

    private double[] Substitute(ReadOnlySpan<double> right)
    {
        var solution = right.ToArray();
        for (var i = 0; i < unknowns; i++)
        {
            for (var k = 0; k < i; k++)
                solution[i] -= At(i, k) * solution[k];
            solution[i] /= At(i, i);
        }
        for (var i = unknowns - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < unknowns; k++)
                solution[i] -= At(k, i) * solution[k];
            solution[i] /= At(i, i);
        }
        return solution;
    }

    private ref double At(int row, int column) => ref _matrix[(row * unknowns) + column];
}
