using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Stacking.Combining;

/// <summary>Counts samples and rejections of each frame in lanes; whole numbers, so threads add up to the same in any order.</summary>
internal sealed class LaneCounts(int frames)
{
    private readonly RejectionCount[] _totals = new RejectionCount[frames];
    private long _pixels;

    /// <summary>As of the last <see cref="Flush"/>.</summary>
    public IReadOnlyList<RejectionCount> Totals => _totals;

    /// <summary>So many pixels of which every frame has a sample, but for what <see cref="Add(int, Vector{int}, Vector{int}, Vector{int})"/> says.</summary>
    public void AddPixels(int pixels) => _pixels += pixels;

    /// <summary>True is −1. Most often every lane is known and none rejected.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int frame, Vector<int> isKnown, Vector<int> isLow, Vector<int> isHigh)
    {
        if (!Vector.EqualsAll(Vector.OnesComplement(isKnown) | isLow | isHigh, Vector<int>.Zero))
            AddSome(frame, isKnown, isLow, isHigh);
    }

    public void Add(int frame, bool isKnown, bool isLow, bool isHigh) =>
        _totals[frame] += new RejectionCount(isKnown ? 1 : 0, isLow ? 1 : 0, isHigh ? 1 : 0);

    public void Flush()
    {
        for (var frame = 0; frame < frames; frame++)
            _totals[frame] += new RejectionCount(_pixels, 0, 0);
        _pixels = 0;
    }

    private void AddSome(int frame, Vector<int> isKnown, Vector<int> isLow, Vector<int> isHigh) =>
        _totals[frame] += new RejectionCount(Vector.Sum(Vector.OnesComplement(isKnown)), -Vector.Sum(isLow), -Vector.Sum(isHigh));
}
