using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AstroJobs.Imaging.Stacking.Combining;

namespace AstroJobs.Imaging.Statistics;

/// <summary>Samples of some cells side by side, one cell a lane, that one network sorts together: a tenth of the time of sorting each alone.</summary>
/// <param name="most">Samples of a cell.</param>
internal sealed class CellColumns(int most)
{
    private readonly SortingNetwork _network = new(most);
    private readonly int[] _counts = new int[Lanes];
    private readonly float[] _cell = new float[most];

    public static int Lanes => Vector<float>.Count;

    /// <summary>Every <paramref name="step"/>-th sample of a line, from the first on. What is not finite is passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int lane, ReadOnlySpan<float> line, int step)
    {
        var samples = All;
        var next = (_counts[lane] * Lanes) + lane;
        for (var x = 0; x < line.Length; x += step)
        {
            if (!float.IsFinite(line[x]))
                continue;
            samples[next] = line[x];
            next += Lanes;
        }
        _counts[lane] = next / Lanes;
    }

    public void Sort()
    {
        var samples = All;
        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var i = _counts[lane]; i < most; i++)
                samples[(i * Lanes) + lane] = float.PositiveInfinity; // sorts behind all samples
        }
        _network.Sort();
    }

    /// <returns>What stands at half of the samples of a lane in order, NaN of none; the lane is empty again.</returns>
    public float TakeMiddle(int lane)
    {
        var count = _counts[lane];
        _counts[lane] = 0;
        return count == 0 ? float.NaN : All[(count / 2 * Lanes) + lane];
    }

    /// <returns>The samples of a lane in order, till the next call; the lane is empty again.</returns>
    public ReadOnlySpan<float> Take(int lane)
    {
        var cell = _cell.AsSpan(0, _counts[lane]);
        var samples = All;
        for (var i = 0; i < cell.Length; i++)
            cell[i] = samples[(i * Lanes) + lane];
        _counts[lane] = 0;
        return cell;
    }

    private Span<float> All => MemoryMarshal.Cast<Vector<float>, float>(_network.Values);
}
