using System.Numerics;
using System.Runtime.CompilerServices;

namespace AstroJobs.Imaging.Stacking.Outliers;

/// <summary>
/// Clipping by the standard deviation (n − 1) around the median, as IRAF's imcombine, astropy's sigma_clip and Siril do.
/// With <paramref name="replacesByMedian"/> DeepSkyStacker's median kappa-sigma: outliers count as the median, so they go on to count in n.
/// </summary>
internal sealed class SigmaRule(RejectionLimits limits, float smallestSigma, int samples, bool replacesByMedian) : ClippingRule(limits, smallestSigma, samples)
{
    public override bool ReplacesByMedian => replacesByMedian;

    protected override float Scatter(Span<float> deviations, KeptRange kept)
    {
        var (sum, squares) = (0f, 0f);
        foreach (var deviation in deviations)
        {
            sum += deviation;
            squares += deviation * deviation;
        }
        return Deviation(sum, squares, replacesByMedian ? deviations.Length : kept.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override Vector<float> Scatter(Span<Vector<float>> deviations, KeptRanges kept, Vector<int> known, Vector<int> active)
    {
        var (sum, squares) = (Vector<float>.Zero, Vector<float>.Zero);
        foreach (var deviation in deviations)
        {
            sum += deviation;
            squares += deviation * deviation;
        }
        return Deviation(sum, squares, Vector.ConvertToSingle(replacesByMedian ? known : kept.End - kept.First));
    }
}
