using System.Numerics;

namespace AstroJobs.Imaging.Stars;

/// <summary>Fills whole rows of one channel, top down from <paramref name="firstRow"/>.</summary>
internal delegate void RowSource(int channel, int firstRow, Span<float> rows);

/// <summary>
/// The one plane in which stars are looked for: a mono picture as it is, the mean of red, green and blue, or of each 2×2 window of a
/// mosaic. Every window of a mosaic holds one red, two green and one blue pixel, so the plane is grey at full resolution, half a pixel
/// off and blurred by one box, both of which are known and taken out again.
/// </summary>
internal sealed class DetectionPlane : IDisposable
{
    private const int StripRows = 64;
    private const int Besides = 8 << 20; // samples of the sky, the mesh, what a reader has in hand

    private readonly PixelBuffer _samples;
    private readonly PixelPool? _pool;

    private DetectionPlane(int width, int height, double offset, double scale, double blur, float quantum, PixelPool? pool = null)
    {
        (Width, Height, Offset, Scale, BlurVariance, Quantum) = (width, height, offset, scale, blur, quantum);
        _pool = pool;
        _samples = pool?.Rent((long)width * height) ?? new PixelBuffer((long)width * height);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Frame coordinate of the plane's (0, 0).</summary>
    public double Offset { get; }

    /// <summary>Frame pixels per pixel of the plane.</summary>
    public double Scale { get; }

    /// <summary>What making the plane added to the variance of a star's profile, square pixels of the plane.</summary>
    public double BlurVariance { get; }

    /// <summary>The rounding noise of the file's samples: one step / √12.</summary>
    public float Quantum { get; }

    public Span<float> Samples => _samples.Slice(0, Width * Height);

    /// <summary>Memory that <see cref="From(FrameInfo, RowSource)"/> takes for a picture of this size.</summary>
    public static long BytesFor(FrameInfo info) => ((info.PixelCount + (2L * StripRows * info.Width)) * sizeof(float)) + Besides;

    public static DetectionPlane From(Frame frame) =>
        From(
            new FrameInfo(frame.Width, frame.Height, frame.Channels, SampleFormat.Float32, frame.Metadata),
            (channel, firstRow, rows) => frame.Rows(channel, firstRow, rows.Length / frame.Width).CopyTo(rows));

    /// <summary>Reads the picture once, in strips, every channel of a strip before the next strip.</summary>
    /// <param name="pool">Lends the plane's memory.</param>
    public static DetectionPlane From(FrameInfo info, RowSource read, PixelPool? pool = null)
    {
        var quantum = info.Format switch
        {
            SampleFormat.UInt8 => 1 / 255f,
            SampleFormat.UInt16 => 1 / 65535f,
            _ => 0,
        } * 0.2887f; // 1/√12: the deviation of a value rounded to a whole step
        return info.Channels == 1 && info.Metadata.Bayer is not null && info is { Width: > 1, Height: > 1 }
            ? FromMosaic(info, read, quantum, pool)
            : FromChannels(info, read, quantum, pool);
    }

    /// <summary>The same plane with <paramref name="factor"/> × <paramref name="factor"/> pixels joined to one by their mean.</summary>
    public DetectionPlane Bin(int factor)
    {
        var offset = Offset + ((factor - 1) * 0.5 * Scale);
        var binned = new DetectionPlane(Width / factor, Height / factor, offset, Scale * factor, BlurVariance / (factor * factor), Quantum / factor);
        var source = Samples;
        var target = binned.Samples;
        for (var y = 0; y < binned.Height; y++)
        {
            var row = target.Slice(y * binned.Width, binned.Width);
            for (var dy = 0; dy < factor; dy++)
            {
                var line = source.Slice(((y * factor) + dy) * Width, Width);
                for (var x = 0; x < row.Length; x++)
                {
                    for (var dx = 0; dx < factor; dx++)
                        row[x] += line[(x * factor) + dx];
                }
            }
            Multiply(row, 1f / (factor * factor));
        }
        return binned;
    }

    public void Dispose()
    {
        if (_pool is null)
            _samples.Dispose();
        else
            _pool.Return(_samples);
    }

    private static DetectionPlane FromChannels(FrameInfo info, RowSource read, float quantum, PixelPool? pool)
    {
        var plane = new DetectionPlane(info.Width, info.Height, 0, 1, 0, quantum / MathF.Sqrt(info.Channels), pool);
        using var channelRows = new PixelBuffer(info.Channels == 1 ? 0 : (long)StripRows * info.Width);
        for (var y = 0; y < info.Height; y += StripRows)
        {
            var rows = plane.Samples.Slice(y * info.Width, Math.Min(StripRows, info.Height - y) * info.Width);
            read(0, y, rows);
            if (info.Channels == 1)
                continue;
            for (var channel = 1; channel < info.Channels; channel++)
            {
                var more = channelRows.Slice(0, rows.Length);
                read(channel, y, more);
                Add(rows, more);
            }
            Multiply(rows, 1f / info.Channels);
        }
        return plane;
    }

    private static DetectionPlane FromMosaic(FrameInfo info, RowSource read, float quantum, PixelPool? pool)
    {
        var plane = new DetectionPlane(info.Width - 1, info.Height - 1, 0.5, 1, 0.25, quantum / 2, pool); // box of two minus box of one: (4 − 1)/12
        using var strip = new PixelBuffer((StripRows + 1L) * info.Width);
        var last = strip.Slice(0, info.Width);
        for (var y = 0; y < info.Height; y += StripRows)
        {
            var count = Math.Min(StripRows, info.Height - y);
            read(0, y, strip.Slice(info.Width, count * info.Width));
            for (var row = y == 0 ? 1 : 0; row < count; row++)
            {
                var above = strip.Slice((long)row * info.Width, info.Width);
                var below = strip.Slice((row + 1L) * info.Width, info.Width);
                Quarter(above, below, plane.Samples.Slice((y + row - 1) * plane.Width, plane.Width));
            }
            strip.Slice((long)count * info.Width, info.Width).CopyTo(last);
        }
        return plane;
    }

    /// <summary>out[x] = (a[x] + a[x+1] + b[x] + b[x+1]) / 4.</summary>
    private static void Quarter(ReadOnlySpan<float> above, ReadOnlySpan<float> below, Span<float> result)
    {
        var x = 0;
        var quarter = new Vector<float>(0.25f);
        for (; x <= result.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            var sum = new Vector<float>(above[x..]) + new Vector<float>(above[(x + 1)..]) + new Vector<float>(below[x..]) + new Vector<float>(below[(x + 1)..]);
            (sum * quarter).CopyTo(result[x..]);
        }
        for (; x < result.Length; x++)
            result[x] = (above[x] + above[x + 1] + below[x] + below[x + 1]) * 0.25f;
    }

    private static void Add(Span<float> rows, ReadOnlySpan<float> more)
    {
        var x = 0;
        for (; x <= rows.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(rows[x..]) + new Vector<float>(more[x..])).CopyTo(rows[x..]);
        for (; x < rows.Length; x++)
            rows[x] += more[x];
    }

    private static void Multiply(Span<float> rows, float factor)
    {
        var x = 0;
        for (; x <= rows.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(rows[x..]) * factor).CopyTo(rows[x..]);
        for (; x < rows.Length; x++)
            rows[x] *= factor;
    }
}
