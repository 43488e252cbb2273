using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Calibration;

/// <summary>Pixels of a sensor that stand out of the master dark: hot ones above, cold ones below.</summary>
internal static class DefectMap
{
    private const float Sigmas = 5;
    private const double Most = 0.01; // of all pixels: warm ones beyond it are left to the dark itself
    private const int Bins = 1 << 16;

    /// <returns>Channel · pixels + y · width + x, ascending.</returns>
    public static int[] Find(Master dark)
    {
        var (least, greatest) = Range(dark);
        if (greatest <= least)
            return [];
        var toBin = (Bins - 1) / (greatest - least);
        var histogram = new long[Bins];
        dark.ForEachRow((_, _, row) =>
        {
            foreach (var sample in row)
                histogram[(int)((sample - least) * toBin)]++;
        });
        var total = histogram.Sum();
        var median = Quantile(histogram, total / 2);
        var sigma = Math.Max(0.5, Mad.ToSigma * Deviation(histogram, median, total / 2));
        var hot = Math.Max(median + (Sigmas * sigma), Quantile(histogram, (long)(total * (1 - (Most / 2)))));
        var cold = Math.Min(median - (Sigmas * sigma), Quantile(histogram, (long)(total * Most / 2)));
        return Collect(dark, (float)(least + (cold / toBin)), (float)(least + ((hot + 1) / toBin)));
    }

    private static (double Least, double Greatest) Range(Master dark)
    {
        var (least, greatest) = (float.MaxValue, float.MinValue);
        dark.ForEachRow((_, _, row) =>
        {
            foreach (var sample in row)
                (least, greatest) = (Math.Min(least, sample), Math.Max(greatest, sample));
        });
        return (least, greatest);
    }

    private static int Quantile(long[] histogram, long rank)
    {
        var bin = 0;
        for (var below = histogram[0]; below <= rank && bin < Bins - 1; below += histogram[bin])
            bin++;
        return bin;
    }

    private static int Deviation(long[] histogram, int median, long rank)
    {
        var distance = 0;
        var within = histogram[median];
        while (within <= rank && distance < Bins)
        {
            distance++;
            within += (median - distance >= 0 ? histogram[median - distance] : 0) + (median + distance < Bins ? histogram[median + distance] : 0);
        }
        return distance;
    }

    private static int[] Collect(Master dark, float cold, float hot)
    {
        var (width, pixels) = (dark.Info.Width, (int)dark.Info.PixelCount);
        List<int> found = [];
        dark.ForEachRow((channel, y, row) =>
        {
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x] > hot || row[x] < cold)
                    found.Add((channel * pixels) + (y * width) + x);
            }
        });
        return [.. found];
    }
}
