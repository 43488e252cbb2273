using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>
/// Clipping by the winsorized standard deviation (Huber, Robust Statistics, 1981; so PixInsight and Siril): samples further than 1.5 s from the
/// median are drawn in to there, s = 1.134 × the standard deviation of that, again until s changes by less than 0.05 %.
/// Samples are summed in blocks of ranks, so that a block of which none is drawn in need not be summed again: most lie near the median.
/// </summary>
internal sealed class WinsorizedRule(RejectionLimits limits, float smallestSigma, int samples) : ClippingRule(limits, smallestSigma, samples)
{
    private const float Reach = 1.5f;
    private const float Widening = 1.134f; // makes up for what winsorizing at 1.5 sigma takes from a Gaussian's deviation
    private const float Settled = 0.0005f;
    private const int Block = 8;

    // Each round brings a Gaussian to 0.4 of its distance from rest; only one far outlier among four or five takes longer, and is long clipped then.
    private const int MostRounds = 40;

    private readonly LaneArray _blocks = new(3 * ((samples + Block - 1) / Block));

    private Span<BlockSums> Blocks => MemoryMarshal.Cast<Vector<float>, BlockSums>(_blocks.Lanes);

    protected override float Scatter(Span<float> deviations, KeptRange kept)
    {
        var reach = float.MaxValue;
        var (sum, squares) = DrawnIn(deviations, reach);
        var sigma = Deviation(sum, squares, kept.Count);
        for (var round = 0; round < MostRounds; round++)
        {
            reach = float.MinNative(reach, Reach * sigma);
            (sum, squares) = DrawnIn(deviations, reach);
            var before = sigma;
            sigma = Widening * Deviation(sum, squares, kept.Count);
            if (MathF.Abs(sigma - before) <= Settled * before)
                break;
        }
        return sigma;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override Vector<float> Scatter(Span<Vector<float>> deviations, KeptRanges kept, Vector<int> known, Vector<int> active)
    {
        var count = Vector.ConvertToSingle(kept.End - kept.First);
        var (sum, squares) = SumBlocks(deviations);
        var sigma = Deviation(sum, squares, count);
        var reach = new Vector<float>(float.MaxValue);
        for (var round = 0; round < MostRounds && Vector.LessThanAny(active, Vector<int>.Zero); round++)
        {
            reach = Vector.MinNative(reach, sigma * Reach);
            (sum, squares) = DrawnIn(deviations, reach);
            var before = sigma;
            sigma = Vector.ConditionalSelect(active, Deviation(sum, squares, count) * Widening, before);
            active &= Vector.GreaterThan(Vector.Abs(sigma - before), before * Settled);
        }
        return sigma;
    }

    private static (float Sum, float Squares) DrawnIn(ReadOnlySpan<float> deviations, float reach)
    {
        var (sum, squares) = (0f, 0f);
        for (var start = 0; start < deviations.Length; start += Block)
        {
            var (ownSum, ownSquares) = (0f, 0f);
            foreach (var deviation in deviations.Slice(start, Math.Min(Block, deviations.Length - start)))
            {
                var drawn = float.MaxNative(float.MinNative(deviation, reach), -reach);
                ownSum += drawn;
                ownSquares += drawn * drawn;
            }
            sum += ownSum;
            squares += ownSquares;
        }
        return (sum, squares);
    }

    /// <summary>Of all samples as they are; and keeps the sums of each block, and how far its furthest sample lies off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector<float> Sum, Vector<float> Squares) SumBlocks(ReadOnlySpan<Vector<float>> deviations)
    {
        var blocks = Blocks;
        var (sum, squares) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var (block, start) = (0, 0); start < deviations.Length; block++, start += Block)
        {
            var (ownSum, ownSquares, most) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            foreach (var deviation in deviations.Slice(start, Math.Min(Block, deviations.Length - start)))
            {
                ownSum += deviation;
                ownSquares += deviation * deviation;
                most = Vector.MaxNative(most, Vector.Abs(deviation));
            }
            blocks[block] = new BlockSums(ownSum, ownSquares, most);
            sum += ownSum;
            squares += ownSquares;
        }
        return (sum, squares);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector<float> Sum, Vector<float> Squares) DrawnIn(ReadOnlySpan<Vector<float>> deviations, Vector<float> reach)
    {
        var blocks = Blocks;
        var (sum, squares) = (Vector<float>.Zero, Vector<float>.Zero);
        for (var (block, start) = (0, 0); start < deviations.Length; block++, start += Block)
        {
            var (ownSum, ownSquares, furthest) = blocks[block];
            if (!Vector.LessThanOrEqualAll(furthest, reach))
            {
                (ownSum, ownSquares) = (Vector<float>.Zero, Vector<float>.Zero);
                foreach (var deviation in deviations.Slice(start, Math.Min(Block, deviations.Length - start)))
                {
                    var drawn = Vector.MaxNative(Vector.MinNative(deviation, reach), -reach);
                    ownSum += drawn;
                    ownSquares += drawn * drawn;
                }
            }
            sum += ownSum;
            squares += ownSquares;
        }
        return (sum, squares);
    }

    /// <summary>Of the deviations of one block as they are.</summary>
    /// <param name="Furthest">The largest magnitude.</param>
    private readonly record struct BlockSums(Vector<float> Sum, Vector<float> Squares, Vector<float> Furthest);
}
