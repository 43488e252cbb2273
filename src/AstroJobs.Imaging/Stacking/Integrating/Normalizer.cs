using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Integrating;

/// <summary>What is done to the samples of a frame so that its sky becomes the reference's.</summary>
internal static class Normalizer
{
    private const float Ceiling = 0.998f; // of formats of whole numbers; resampling takes a clipped core a little up and down

    /// <param name="tellsSaturated">Saturated samples are marked, for a rejection.</param>
    /// <returns>One a channel.</returns>
    public static IReadOnlyList<SampleFit> Fits(StackNormalization normalization, InspectedFrame frame, InspectedFrame reference, bool tellsSaturated)
    {
        var isWhole = frame.Info.Format is SampleFormat.UInt8 or SampleFormat.UInt16;
        var ceiling = tellsSaturated && isWhole ? Ceiling : float.PositiveInfinity; // nobody knows where floats end
        return [.. frame.Levels.Zip(reference.Levels, (own, target) => Fit(normalization, own, target) with { Ceiling = ceiling })];
    }

    /// <summary>A level or scatter that is no positive number cannot divide: that part is left out.</summary>
    internal static SampleFit Fit(StackNormalization normalization, RobustLevel own, RobustLevel reference)
    {
        var scaling = normalization is StackNormalization.AdditiveScaling or StackNormalization.MultiplicativeScaling ? Ratio(reference.Scatter, own.Scatter) : 1;
        var (factor, offset) = normalization switch
        {
            StackNormalization.Additive or StackNormalization.AdditiveScaling => (scaling, reference.Level - (scaling * own.Level)),
            StackNormalization.Multiplicative or StackNormalization.MultiplicativeScaling => (scaling * Ratio(reference.Level, own.Level), 0),
            _ => (1, 0),
        };
        return double.IsFinite(factor) && double.IsFinite(offset) ? SampleFit.None with { Factor = (float)factor, Offset = (float)offset } : SampleFit.None;
    }

    private static double Ratio(double reference, double own) => reference > 0 && own > 0 ? reference / own : 1;
}
