using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Trimming;

/// <summary>
/// The level of a sensor's overscan along the picture: of an upright strip one number a row, of a lying one a number a column; the medians across the strip,
/// averaged over those around them, so that the strip's own noise does not become stripes.
/// </summary>
internal sealed class OverscanLevel
{
    private const int Reach = 32; // rows or columns to each side
    private const int StripRows = 64;

    private readonly float[] _levels;

    private OverscanLevel(float[] levels, bool isByRow) => (_levels, IsByRow) = (levels, isByRow);

    public bool IsByRow { get; }

    public static OverscanLevel Measure(FrameReader reader, FrameArea strip)
    {
        var byRow = strip.Height >= strip.Width;
        var samples = Read(reader, strip);
        var across = new float[byRow ? strip.Width : strip.Height];
        var medians = new float[byRow ? strip.Height : strip.Width];
        for (var i = 0; i < medians.Length; i++)
        {
            for (var j = 0; j < across.Length; j++)
                across[j] = byRow ? samples[(i * strip.Width) + j] : samples[(j * strip.Width) + i];
            Array.Sort(across);
            medians[i] = (float)ClippedStatistics.Median(across);
        }
        var (first, length) = byRow ? (strip.Top, reader.Info.Height) : (strip.Left, reader.Info.Width);
        return new OverscanLevel([.. Enumerable.Range(0, length).Select(at => Around(medians, at - first))], byRow);
    }

    /// <param name="left">Column of the picture at which the samples begin.</param>
    public void TakeOff(Span<float> samples, int left, int y)
    {
        for (var x = 0; x < samples.Length; x++)
            samples[x] -= _levels[IsByRow ? y : left + x];
    }

    private static float Around(float[] medians, int at)
    {
        var middle = Math.Clamp(at, 0, medians.Length - 1);
        var (first, last) = (Math.Max(0, middle - Reach), Math.Min(medians.Length - 1, middle + Reach));
        return (float)medians[first..(last + 1)].Average(level => (double)level);
    }

    private static float[] Read(FrameReader reader, FrameArea strip)
    {
        var samples = new float[strip.Width * strip.Height];
        using var rows = new PixelBuffer((long)StripRows * reader.Info.Width);
        for (var y = 0; y < strip.Height; y += StripRows)
        {
            var count = Math.Min(StripRows, strip.Height - y);
            reader.ReadRows(0, strip.Top + y, rows.Slice(0, count * reader.Info.Width));
            for (var row = 0; row < count; row++)
                rows.Slice(((long)row * reader.Info.Width) + strip.Left, strip.Width).CopyTo(samples.AsSpan((y + row) * strip.Width));
        }
        return samples;
    }
}
