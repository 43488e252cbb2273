using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Stacking.Combining;

/// <summary>Counts samples and rejections of each frame in lanes; whole numbers, so threads add up to the same in any order.</summary>
internal sealed class LaneCounts(int frames)
{
    private readonly Vector<int>[] _lanes = new Vector<int>[3 * frames];
    private readonly RejectionCount[] _totals = new RejectionCount[frames];

    /// <summary>As of the last <see cref="Flush"/>.</summary>
    public IReadOnlyList<RejectionCount> Totals => _totals;

    /// <summary>True is −1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int frame, Vector<int> isKnown, Vector<int> isLow, Vector<int> isHigh)
    {
        var counts = _lanes.AsSpan(3 * frame, 3);
        counts[0] -= isKnown;
        counts[1] -= isLow;
        counts[2] -= isHigh;
    }

    public void Add(int frame, bool isKnown, bool isLow, bool isHigh) =>
        _totals[frame] += new RejectionCount(isKnown ? 1 : 0, isLow ? 1 : 0, isHigh ? 1 : 0);

    /// <summary>At least once in two thousand million samples of a frame.</summary>
    public void Flush()
    {
        for (var frame = 0; frame < _totals.Length; frame++)
            _totals[frame] += new RejectionCount(Take(3 * frame), Take((3 * frame) + 1), Take((3 * frame) + 2));
    }

    private long Take(int index)
    {
        var count = Vector.Sum(_lanes[index]);
        _lanes[index] = Vector<int>.Zero;
        return count;
    }
}
