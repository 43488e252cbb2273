using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Rendering;

/// <summary>
/// Makes a linear picture visible: the sky is brought to a quarter of the range by the midtones transfer function
/// MTF(x; m) = (m − 1)x / ((2m − 1)x − m) after the shadows are cut at c₀ = median − 2.8σ, σ = 1.4826·MAD (PixInsight's screen transfer function).
/// </summary>
internal static class AutoStretch
{
    private const double ShadowsClip = -2.8;
    private const double TargetBackground = 0.25;
    private const double LeastSigmaOf8Bits = 0.001; // a quarter of a step: in black skies the MAD is 0
    private const double LeastSigma = 1e-6;
    private const int MostSamples = 200_000;
    private const int LeastKnownPart = 100; // one of so many samples

    /// <summary>Stretches in place, to [0, 1].</summary>
    /// <param name="linked">One curve for all channels keeps colours; one each makes the sky grey.</param>
    /// <param name="of8Bits">Its frames had 256 steps: a scatter below one of them tells nothing.</param>
    public static void Apply(Frame frame, bool linked, bool of8Bits = false)
    {
        var leastSigma = of8Bits ? LeastSigmaOf8Bits : LeastSigma;
        var skies = Enumerable.Range(0, frame.Channels).Select(channel => MeasureSky(frame.Plane(channel), leastSigma, of8Bits)).ToArray();
        var mean = (Median: skies.Average(sky => sky.Median), Sigma: skies.Average(sky => sky.Sigma));
        for (var channel = 0; channel < frame.Channels; channel++)
        {
            var sky = linked ? mean : skies[channel];
            var shadows = Math.Clamp(sky.Median + (ShadowsClip * sky.Sigma), 0, 0.999);
            // A black sky lies on the shadows' edge, where the curve would be infinitely steep.
            var level = Math.Max(sky.Median - shadows, -ShadowsClip * leastSigma) / (1 - shadows);
            var midtones = Midtones(level, TargetBackground);
            Stretch(frame.Plane(channel), (float)shadows, (float)midtones);
        }
    }

    /// <summary>MTF(x; m): 0 → 0, m → ½, 1 → 1.</summary>
    public static double Midtones(double x, double m) => x <= 0 ? 0 : x >= 1 ? 1 : (m - 1) * x / ((((2 * m) - 1) * x) - m);

    private static void Stretch(Span<float> plane, float shadows, float midtones)
    {
        var range = 1 / (1 - shadows);
        foreach (ref var sample in plane)
        {
            var x = Math.Clamp((sample - shadows) * range, 0, 1);
            sample = (midtones - 1) * x / ((((2 * midtones) - 1) * x) - midtones);
        }
    }

    /// <summary>Black pixels are where no frame was, unless nearly all are; in pictures of 256 steps black may be the sky.</summary>
    private static (double Median, double Sigma) MeasureSky(ReadOnlySpan<float> plane, double leastSigma, bool of8Bits)
    {
        var step = Math.Max(1, plane.Length / MostSamples) | 1; // odd, so that no column pattern is met again and again
        var all = new float[(plane.Length + step - 1) / step];
        for (var i = 0; i < all.Length; i++)
            all[i] = plane[i * step];
        var known = Array.FindAll(all, sample => sample != 0);
        var samples = !of8Bits && known.Length * LeastKnownPart > all.Length ? known : all;
        RadixSort.Sort(samples);
        var median = ClippedStatistics.Median(samples);
        for (var i = 0; i < samples.Length; i++)
            samples[i] = Math.Abs(samples[i] - (float)median);
        RadixSort.Sort(samples);
        return (median, Math.Max(Mad.ToSigma * ClippedStatistics.Median(samples), leastSigma));
    }
}
