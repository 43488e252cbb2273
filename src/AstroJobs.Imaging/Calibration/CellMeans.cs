namespace AstroJobs.Imaging.Calibration;

/// <summary>The means of a picture by channel and by place in the 2×2 cell of a mosaic, where the two greens are one colour.</summary>
internal sealed class CellMeans(FrameInfo info)
{
    private readonly double[] _sums = new double[4 * info.Channels];
    private readonly long[] _counts = new long[4 * info.Channels];

    /// <summary>Over all pixels.</summary>
    public double Mean => _sums.Sum() / Math.Max(1, _counts.Sum());

    public void Add(int channel, int y, ReadOnlySpan<float> row)
    {
        var cell = (channel * 4) + ((y & 1) * 2);
        for (var x = 0; x < row.Length; x++)
        {
            if (!float.IsFinite(row[x]))
                continue;
            _sums[cell + (x & 1)] += row[x];
            _counts[cell + (x & 1)]++;
        }
    }

    /// <summary>The mean of the colour that stands at each place of the cell, channel by channel; without a mosaic that of the channel.</summary>
    public float[] OfColours()
    {
        var means = new float[_sums.Length];
        for (var i = 0; i < means.Length; i++)
        {
            var same = Enumerable.Range(0, means.Length).Where(j => j / 4 == i / 4 && (info.Metadata.Bayer is not { } bayer || Letter(bayer, j % 4) == Letter(bayer, i % 4))).ToArray();
            means[i] = (float)(same.Sum(j => _sums[j]) / Math.Max(1, same.Sum(j => _counts[j])));
        }
        return means;
    }

    private static char Letter(BayerPattern pattern, int place) => pattern.ToString().ToUpperInvariant()[place];
}
