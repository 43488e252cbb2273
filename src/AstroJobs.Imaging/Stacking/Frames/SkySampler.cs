using System.Runtime.InteropServices;
using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Stacking.Frames;

/// <summary>
/// Takes an even grid of samples of each colour while the rows of a frame pass by, to tell the level and scatter of its sky. Of a mosaic each
/// sample belongs to the colour of its place. Whole numbers are spread evenly over their step, so that the level of an 8-bit sky is known to a
/// part of a step and its scatter is never 0. The scatter is that of the differences of neighbours on the grid, over √2: a cloud or the glow of a town
/// makes a sky uneven, not noisy.
/// </summary>
internal sealed class SkySampler
{
    private const int SamplesWanted = 1 << 15; // tells the level to 0.7 % of the noise and the scatter to 0.5 %

    // Their multiples spread most evenly over 0 … 1, and over the square: the roots of x² + x = 1 and of x³ + x² = 1.
    internal const double GoldenPart = 0.6180339887;
    private const double PlasticPart = 0.7548776662;

    private readonly FrameInfo _info;
    private readonly int _stride;
    private readonly float _step;
    private readonly List<float>[] _samples;
    private readonly List<float>[] _differences;

    public SkySampler(FrameInfo info)
    {
        _info = info;
        var isMosaic = info.Channels == 1 && info.Metadata.Bayer is not null;
        var wanted = isMosaic ? 4 * SamplesWanted : SamplesWanted;
        _stride = Math.Max(1, (int)Math.Sqrt((double)info.PixelCount / wanted)) | 1; // odd: all four places of a mosaic are seen
        _step = StepOf(info.Format);
        _samples = [.. Enumerable.Range(0, isMosaic ? 3 : info.Channels).Select(_ => new List<float>())];
        _differences = [.. _samples.Select(_ => new List<float>())];
    }

    /// <summary>Of the rows the multiples of this are looked at; of them every so manieth sample.</summary>
    public int Stride => _stride;

    /// <param name="rows">Whole rows from <paramref name="firstRow"/> on; NaN is no data.</param>
    public void Take(int channel, int firstRow, ReadOnlySpan<float> rows)
    {
        Span<float> before = stackalloc float[3];
        for (var y = (firstRow + _stride - 1) / _stride * _stride; y < firstRow + (rows.Length / _info.Width); y += _stride)
        {
            before.Fill(float.NaN);
            var row = rows.Slice((y - firstRow) * _info.Width, _info.Width);
            for (var x = 0; x < row.Length; x += _stride)
            {
                var colour = _info.Metadata.Bayer is { } pattern && _samples.Length > _info.Channels ? ColourOf(pattern, x, y) : channel;
                Take(colour, row[x], row[x] - before[colour]);
                before[colour] = row[x];
            }
        }
    }

    /// <returns>One a channel of the result.</returns>
    public IReadOnlyList<RobustLevel> Levels() => [.. _samples.Zip(_differences, (samples, differences) => RobustLevel.Of(CollectionsMarshal.AsSpan(samples)) with
    {
        Scatter = RobustLevel.Of(CollectionsMarshal.AsSpan(differences)).Scatter / Math.Sqrt(2),
    })];

    private void Take(int colour, float sample, float difference)
    {
        var count = _samples[colour].Count;
        if (float.IsFinite(sample))
            _samples[colour].Add(sample + (_step * Spread(count * GoldenPart)));
        if (float.IsFinite(difference))
            _differences[colour].Add(difference + (_step * (Spread(count * GoldenPart) - Spread(count * PlasticPart))));
    }

    /// <returns>−½ … ½.</returns>
    internal static float Spread(double part) => (float)(part - Math.Floor(part)) - 0.5f;

    /// <summary>Between neighbouring numbers of a file; 0 of floats.</summary>
    internal static float StepOf(SampleFormat format) => format switch
    {
        SampleFormat.UInt8 => 1 / 255f,
        SampleFormat.UInt16 => 1 / 65535f,
        _ => 0,
    };

    /// <returns>0 red, 1 green, 2 blue.</returns>
    internal static int ColourOf(BayerPattern pattern, int x, int y)
    {
        var (redX, redY) = pattern switch
        {
            BayerPattern.Rggb => (0, 0),
            BayerPattern.Grbg => (1, 0),
            BayerPattern.Gbrg => (0, 1),
            _ => (1, 1),
        };
        var (ofRedColumn, ofRedRow) = ((x & 1) == redX, (y & 1) == redY);
        return ofRedColumn == ofRedRow ? (ofRedRow ? 0 : 2) : 1;
    }
}
