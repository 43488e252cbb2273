using AstroJobs.Imaging;
using AstroJobs.Imaging.Registration;

namespace AstroJobs.Testing;

/// <summary>A sky of Gaussian stars from a seed, drawn on frames whose place, turn, scale and mirror are known to the last digit.</summary>
public sealed class MadeSky
{
    private static readonly float[] Normal = MakeNormal();

    private readonly int _seed;

    public MadeSky(int seed, int width, int height, int stars, double faintest = 1.5, double brightest = 60, double margin = 0)
    {
        _seed = seed;
        var random = new Random(seed);
        // Numbers grow by 10^0.6 a magnitude on a uniform sky, so N(> f) ~ f^-1.5.
        Stars = [.. Enumerable.Range(0, stars).Select(_ => new MadeStar(
            (random.NextDouble() * (width + (2 * margin))) - margin,
            (random.NextDouble() * (height + (2 * margin))) - margin,
            Math.Min(brightest, faintest * Math.Pow(1 - random.NextDouble(), -1 / 1.5))))];
        (Width, Height) = (width, height);
    }

    public int Width { get; }

    public int Height { get; }

    public IReadOnlyList<MadeStar> Stars { get; set; }

    public double Fwhm { get; init; } = 3;

    public double Background { get; init; } = 0.1;

    public double Noise { get; init; } = 0.005;

    /// <summary>Draws what a camera sees whose pixel (x, y) looks at <paramref name="toSky"/>(x, y).</summary>
    /// <param name="exposure">A number of its own for the noise of each frame.</param>
    public Frame Draw(PixelMap toSky, int exposure = 0, int channels = 1, BayerPattern? bayer = null, int? width = null, int? height = null) =>
        Draw(toSky.Inverse().Map, exposure, channels, bayer, width, height);

    /// <param name="fromSky">Where a place of the sky falls on the picture: any lens.</param>
    public Frame Draw(Func<double, double, (double X, double Y)> fromSky, int exposure = 0, int channels = 1, BayerPattern? bayer = null, int? width = null, int? height = null)
    {
        var frame = new Frame(width ?? Width, height ?? Height, channels, new FrameMetadata { Bayer = bayer, Exposure = TimeSpan.FromSeconds(10) });
        var random = new Random((_seed * 7919) + exposure);
        for (var channel = 0; channel < channels; channel++)
        {
            for (var y = 0; y < frame.Height; y++)
                AddSky(frame.Row(channel, y), random);
            foreach (var star in Stars)
            {
                var (x, y) = fromSky(star.X, star.Y);
                AddStar(frame, channel, x, y, star.Flux);
            }
        }
        return frame;
    }

    public void AddStar(Frame frame, int channel, double x, double y, double flux)
    {
        var sigma = Fwhm / 2.354820045;
        var peak = flux / (2 * Math.PI * sigma * sigma);
        var radius = (int)Math.Ceiling(5 * sigma);
        for (var row = Math.Max(0, (int)y - radius); row <= Math.Min(frame.Height - 1, (int)y + radius); row++)
        {
            var line = frame.Row(channel, row);
            for (var column = Math.Max(0, (int)x - radius); column <= Math.Min(frame.Width - 1, (int)x + radius); column++)
                line[column] += (float)(peak * Math.Exp(-(((column - x) * (column - x)) + ((row - y) * (row - y))) / (2 * sigma * sigma)));
        }
    }

    /// <summary>A camera turned clockwise about the middle of the frame, then moved: the map from its pixels to the sky.</summary>
    public PixelMap Camera(double dx = 0, double dy = 0, double degrees = 0, double scale = 1, bool mirrored = false)
    {
        var (cx, cy) = ((Width - 1) / 2.0, (Height - 1) / 2.0);
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        var turn = PixelMap.Similarity(scale * cosine, scale * sine, 0, 0, mirrored);
        var (x, y) = turn.Map(cx, cy);
        return turn with { C = cx - x + dx, F = cy - y + dy };
    }

    /// <summary>Each row takes its noise from a place of its own in one long table: logarithms for every pixel would be most of a test's time.</summary>
    private void AddSky(Span<float> row, Random random)
    {
        var start = random.Next(Normal.Length);
        for (var x = 0; x < row.Length; x++)
            row[x] = (float)(Background + (Noise * Normal[(start + x) % Normal.Length]));
    }

    private static float[] MakeNormal()
    {
        var random = new Random(271828);
        return [.. Enumerable.Range(0, 1 << 18).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }
}
