using System.Numerics;
using System.Runtime.CompilerServices;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>Clipping by 1.4826 · median |x − m|, which equals sigma for Gaussian noise (Hampel 1974; astropy's mad_std).</summary>
internal sealed class MadRule(RejectionLimits limits, float smallestSigma, int samples) : ClippingRule(limits, smallestSigma, samples)
{
    private readonly SortingNetwork _network = new(samples);

    protected override float Scatter(Span<float> deviations, KeptRange kept)
    {
        var distances = deviations[kept.First..kept.End];
        foreach (ref var distance in distances)
            distance = MathF.Abs(distance);
        distances.Sort();
        return (float)Mad.ToSigma * MedianOf(distances);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override Vector<float> Scatter(Span<Vector<float>> deviations, KeptRanges kept, Vector<int> known, Vector<int> active)
    {
        for (var i = 0; i < deviations.Length; i++)
        {
            var isKept = Vector.BitwiseAnd(Vector.LessThanOrEqual(kept.First, new Vector<int>(i)), Vector.GreaterThan(kept.End, new Vector<int>(i)));
            deviations[i] = Vector.ConditionalSelect(isKept, Vector.Abs(deviations[i]), new Vector<float>(float.PositiveInfinity));
        }
        _network.Sort(deviations);
        return LaneMedian.Of(deviations, new KeptRanges(Vector<int>.Zero, kept.End - kept.First)) * (float)Mad.ToSigma;
    }
}
