using AstroJobs.Imaging.Rendering;
using AstroJobs.Imaging.Stacking.Combining;
using AstroJobs.Imaging.Stacking.Integrating;

namespace AstroJobs.Imaging.Stacking.Live;

/// <summary>
/// The running mean of every sample, in a file: how many samples are in it, their mean, the sum of their squared distances from it (Welford), and
/// the greatest sample so far, which waits outside. A satellite that crosses one of the first frames is such a greatest sample and stays outside;
/// of later ones each new sample is compared with the mean and left out where it is too far. Four numbers a sample, whatever the number of frames.
/// </summary>
/// <param name="rejects">Whether samples are left out at all.</param>
/// <param name="largest">The greatest sample is the result: star trails.</param>
internal sealed class LivePixels(string path, int width, int height, int channels, bool rejects, bool largest, RejectionLimits limits)
{
    private const int StripRows = 32;
    private const int FewestToJudge = 4;

    private const int Parts = 4;

    /// <param name="frame">Laid on the reference; NaN is no data.</param>
    /// <param name="noise">Of one sample of its sky: no scatter is taken to be less.</param>
    /// <param name="isFirst">Nothing is in the file yet.</param>
    public RejectionCount Add(ScratchPicture frame, float noise, bool isFirst)
    {
        using var pixels = Open();
        using var buffer = new PixelBuffer((long)(Parts + 1) * StripRows * width);
        var total = default(RejectionCount);
        ForEachStrip((channel, firstRow, samples) =>
        {
            var parts = new Strip(buffer, samples);
            frame.ReadRows(channel, firstRow, parts.Added);
            if (isFirst)
                Begin(parts);
            else
                Read(pixels, channel, firstRow, parts);
            total += Add(parts, noise);
            for (var part = 0; part < Parts; part++)
                pixels.WriteRows(PlaneOf(channel, part), firstRow, parts[part]);
        });
        return total;
    }

    /// <param name="noise">The least of the frames'.</param>
    public void WriteTo(StripSink sink, float noise)
    {
        using var pixels = Open();
        using var buffer = new PixelBuffer((long)(Parts + 1) * StripRows * width);
        ForEachStrip((channel, firstRow, samples) =>
        {
            var parts = new Strip(buffer, samples);
            Read(pixels, channel, firstRow, parts);
            Finish(parts, noise);
            sink.Write(channel, firstRow, parts.Added);
        });
    }

    private ScratchPicture Open() => new(path, width, height, keep: true);

    private static int PlaneOf(int channel, int part) => (channel * Parts) + part;

    private static void Read(ScratchPicture pixels, int channel, int firstRow, Strip parts)
    {
        for (var part = 0; part < Parts; part++)
            pixels.ReadRows(PlaneOf(channel, part), firstRow, parts[part]);
    }

    private static void Begin(Strip parts)
    {
        parts.Counts.Clear();
        parts.Means.Clear();
        parts.Squares.Clear();
        parts.Greatest.Fill(float.NaN);
    }

    private void ForEachStrip(Action<int, int, int> work)
    {
        for (var y = 0; y < height; y += StripRows)
        {
            for (var channel = 0; channel < channels; channel++)
                work(channel, y, Math.Min(StripRows, height - y) * width);
        }
    }

    private RejectionCount Add(Strip parts, float noise)
    {
        var counts = parts.Counts;
        var means = parts.Means;
        var squares = parts.Squares;
        var greatest = parts.Greatest;
        var added = parts.Added;
        long samples = 0, low = 0, high = 0;
        for (var i = 0; i < added.Length; i++)
        {
            var sample = added[i];
            if (float.IsNaN(sample))
                continue;
            samples++;
            if (float.IsNaN(greatest[i]))
            {
                greatest[i] = sample;
                continue;
            }
            if (sample > greatest[i])
                (sample, greatest[i]) = (greatest[i], sample);
            var distance = sample - means[i];
            if (rejects && counts[i] >= FewestToJudge)
            {
                var sigma = Sigma(counts[i], squares[i], noise);
                if (distance > limits.High * Reach(counts[i]) * sigma)
                {
                    high++;
                    continue;
                }
                if (distance < -limits.Low * Reach(counts[i]) * sigma)
                {
                    low++;
                    continue;
                }
            }
            counts[i]++;
            means[i] += distance / counts[i];
            squares[i] += distance * (sample - means[i]);
        }
        return new RejectionCount(samples, low, high);
    }

    private void Finish(Strip parts, float noise)
    {
        var counts = parts.Counts;
        var means = parts.Means;
        var squares = parts.Squares;
        var greatest = parts.Greatest;
        var result = parts.Added;
        for (var i = 0; i < result.Length; i++)
        {
            var isFar = rejects && counts[i] >= FewestToJudge - 1 && greatest[i] - means[i] > limits.High * Reach(counts[i]) * Sigma(counts[i], squares[i], noise);
            result[i] = largest || counts[i] == 0 ? greatest[i] : isFar ? means[i] : ((means[i] * counts[i]) + greatest[i]) / (counts[i] + 1);
        }
    }

    private static float Sigma(float count, float squares, float noise) => MathF.Max(MathF.Sqrt(squares / (count - 1)), noise);

    /// <summary>A scatter told by few samples is itself uncertain: the limits stand further out.</summary>
    private static double Reach(float count) => 1 + (2 / count);

    private readonly ref struct Strip(PixelBuffer buffer, int samples)
    {
        public Span<float> this[int part] => buffer.Slice((long)part * samples, samples);

        public Span<float> Counts => this[0];

        public Span<float> Means => this[1];

        public Span<float> Squares => this[2];

        public Span<float> Greatest => this[3];

        public Span<float> Added => buffer.Slice((long)Parts * samples, samples);
    }
}
