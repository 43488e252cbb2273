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
        var distances = _network.Values;
        for (var i = 0; i < distances.Length; i++)
        {
            distances[i] = Vector.ConditionalSelect(kept.At(i), Vector.Abs(deviations[i]), new Vector<float>(float.PositiveInfinity));
        }
        _network.Sort();
        return LaneMedian.Of(distances, new KeptRanges(Vector<int>.Zero, kept.End - kept.First)) * (float)Mad.ToSigma;
    }
}
