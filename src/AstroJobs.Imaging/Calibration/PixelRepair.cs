using AstroJobs.Imaging.Statistics;

namespace AstroJobs.Imaging.Calibration;

/// <summary>Replaces pixels by the median of their neighbours of the same colour: on a mosaic those two away.</summary>
internal static class PixelRepair
{
    private const float Sigmas = 5;
    private const float LonelyPart = 0.25f; // of a star at least this part of its excess lies on the pixels beside it, of a defect nothing
    public const int Reach = 2; // same colours on every Bayer mosaic

    private static readonly (int X, int Y)[] Beside = [(-1, 0), (1, 0), (0, -1), (0, 1)];

    /// <param name="band">Rows of one channel of a picture from <paramref name="top"/> on. The outer two rows lack neighbours, where the picture goes on.</param>
    /// <param name="height">Of the picture.</param>
    /// <param name="defects">Of the picture, as <see cref="DefectMap.Find"/> gives them.</param>
    public static void Listed(Frame band, int channel, int top, int height, ReadOnlySpan<int> defects)
    {
        var (step, width) = (band.Metadata.Bayer is null ? 1 : Reach, band.Width);
        var first = ((channel * height) + top) * width;
        Span<float> ring = stackalloc float[8];
        foreach (var defect in defects[Above(defects, first)..Above(defects, first + band.PixelCount)])
        {
            var (y, x) = Math.DivRem(defect - (channel * height * width), width);
            var kept = 0;
            for (var i = 0; i < ring.Length; i++)
            {
                var (nx, ny) = Place(i, x, y, step, width, height);
                if (ny >= top && ny < top + band.Height && defects.BinarySearch((((channel * height) + ny) * width) + nx) < 0)
                    ring[kept++] = band.Row(0, ny - top)[nx];
            }
            if (kept > 0)
                band.Row(0, y - top)[x] = Median(ring[..kept]);
        }
    }

    /// <summary>Where in a sorted list the first place at or above begins.</summary>
    private static int Above(ReadOnlySpan<int> defects, int place)
    {
        var found = defects.BinarySearch(place);
        return found < 0 ? ~found : found;
    }

    /// <summary>Replaces what stands alone: beyond 5σ of the ring around it while its direct neighbours stay with theirs.</summary>
    /// <returns>How many.</returns>
    public static int Lonely(Frame frame)
    {
        List<(int Channel, int X, int Y, float Value)> found = [];
        Span<float> ring = stackalloc float[8];
        for (var channel = 0; channel < frame.Channels; channel++)
        {
            var limit = Sigmas * Noise(frame, channel);
            for (var y = 1; y < frame.Height - 1; y++)
            {
                var row = frame.Row(channel, y);
                for (var x = 1; x < frame.Width - 1; x++)
                {
                    // Cheap first: most pixels lie near the one two to the side.
                    if (Math.Abs(row[x] - row[x >= Reach ? x - Reach : x + Reach]) <= limit)
                        continue;
                    var level = Level(frame, channel, x, y, ring);
                    if (Math.Abs(row[x] - level) > limit && IsLonely(frame, channel, x, y, row[x] - level, ring))
                        found.Add((channel, x, y, level));
                }
            }
        }
        foreach (var (channel, x, y, value) in found)
            frame.Row(channel, y)[x] = value;
        return found.Count;
    }

    private static bool IsLonely(Frame frame, int channel, int x, int y, float excess, Span<float> ring)
    {
        var (sum, greatest) = (0f, 0f);
        foreach (var (dx, dy) in Beside)
        {
            var part = (frame.Row(channel, y + dy)[x + dx] - Level(frame, channel, x + dx, y + dy, ring)) / excess;
            (sum, greatest) = (sum + part, Math.Max(greatest, Math.Abs(part)));
        }
        return sum / 4 < LonelyPart && greatest < 2 * LonelyPart;
    }

    private static float Level(Frame frame, int channel, int x, int y, Span<float> ring) => Median(ring[..Ring(frame, channel, x, y, Reach, ring)]);

    private static int Ring(Frame frame, int channel, int x, int y, int step, Span<float> ring)
    {
        for (var i = 0; i < 8; i++)
        {
            var (nx, ny) = Place(i, x, y, step, frame.Width, frame.Height);
            ring[i] = frame.Row(channel, ny)[nx];
        }
        return 8;
    }

    // Beyond an edge the place is mirrored, which keeps its colour.
    private static (int X, int Y) Place(int index, int x, int y, int step, int width, int height)
    {
        var cell = index < 4 ? index : index + 1;
        return (Mirror(x + (((cell % 3) - 1) * step), width), Mirror(y + (((cell / 3) - 1) * step), height));
    }

    private static int Mirror(int at, int length) => at < 0 ? Math.Min(-at, length - 1) : at >= length ? Math.Max(0, (2 * (length - 1)) - at) : at;

    private static float Median(Span<float> values)
    {
        values.Sort();
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) * 0.5f;
    }

    /// <summary>From differences of pixels of one colour in a row: no gradient, and of stars only the outliers, which a median leaves out.</summary>
    private static float Noise(Frame frame, int channel)
    {
        const int most = 1 << 18;
        var every = Math.Max(1, frame.PixelCount / most);
        List<float> differences = [];
        for (var y = 0; y < frame.Height; y += every)
        {
            var row = frame.Row(channel, y);
            for (var x = Reach; x < row.Length; x++)
                differences.Add(Math.Abs(row[x] - row[x - Reach]));
        }
        differences.Sort();
        return differences.Count == 0 ? 0 : Math.Max(1e-6f, (float)Mad.ToSigma * differences[differences.Count / 2] / MathF.Sqrt(2));
    }
}
