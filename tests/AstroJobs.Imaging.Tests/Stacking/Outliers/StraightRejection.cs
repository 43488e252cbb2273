using AstroJobs.Imaging.Stacking;

namespace AstroJobs.Imaging.Tests.Stacking.Outliers;

/// <summary>The definitions written down once more, in doubles, as plainly as they can be.</summary>
internal static class StraightRejection
{
    public static double[] Keep(StackRejection rejection, IEnumerable<float> samples, double low, double high)
    {
        var kept = samples.Select(value => (double)value).Order().ToArray();
        var all = kept.Length;
        while (kept.Length > 3)
        {
            var median = Median(kept);
            var sigma = rejection switch
            {
                StackRejection.Sigma => Deviation(kept),
                StackRejection.MedianSigma => Deviation([.. kept, .. Enumerable.Repeat(median, all - kept.Length)]),
                StackRejection.Mad => 1.4826 * Median([.. kept.Select(value => Math.Abs(value - median)).Order()]),
                _ => Winsorized(kept, median),
            };
            var next = kept.Where(value => value >= median - (low * sigma) && value <= median + (high * sigma)).ToArray();
            if (next.Length == kept.Length || next.Length < 3)
                break;
            kept = next;
        }
        return kept;
    }

    public static double[] KeepByLine(IEnumerable<float> samples, double low, double high)
    {
        var kept = samples.Select(value => (double)value).Order().ToArray();
        while (kept.Length > 3)
        {
            var (n, sx, sy) = ((double)kept.Length, kept.Select((_, i) => (double)i).Sum(), kept.Sum());
            var (sxx, sxy) = (kept.Select((_, i) => (double)i * i).Sum(), kept.Select((y, i) => i * y).Sum());
            var slope = ((n * sxy) - (sx * sy)) / ((n * sxx) - (sx * sx));
            var level = (sy - (slope * sx)) / n;
            var scatter = kept.Select((y, i) => Math.Abs(y - level - (slope * i))).Average();
            var beyond = kept.Select((y, i) => y - level - (slope * i) < -low * scatter || y - level - (slope * i) > high * scatter).ToArray();
            var next = kept.Skip(beyond.TakeWhile(is_ => is_).Count()).SkipLast(beyond.Reverse().TakeWhile(is_ => is_).Count()).ToArray();
            if (next.Length == kept.Length || next.Length < 3)
                break;
            kept = next;
        }
        return kept;
    }

    public static double Median(double[] sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    public static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    private static double Winsorized(double[] kept, double median)
    {
        var sigma = Deviation(kept);
        var drawn = kept;
        for (var round = 0; round < 40; round++)
        {
            drawn = [.. drawn.Select(value => Math.Clamp(value, median - (1.5 * sigma), median + (1.5 * sigma)))];
            var before = sigma;
            sigma = 1.134 * Deviation(drawn);
            if (Math.Abs(sigma - before) <= 0.0005 * before)
                break;
        }
        return sigma;
    }
}
