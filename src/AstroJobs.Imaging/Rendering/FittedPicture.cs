using System.Globalization;
using AstroJobs.Imaging.Demosaicing;
using AstroJobs.Imaging.Formats;

namespace AstroJobs.Imaging.Rendering;

/// <summary>Brings picture files of any size and format into one canvas of 8-bit RGB, whole and in their shape, on black.</summary>
/// <param name="width">Canvas, pixels.</param>
/// <param name="height">Canvas, pixels.</param>
/// <param name="hasDate">Whether the start of the exposure is written into the lower left corner, where the file says it.</param>
public sealed class FittedPicture(int width, int height, PictureStretch stretch, bool hasDate = false)
{
    private const int ChunkRows = 32;
    private const double TextShare = 0.025; // of the picture's height
    private const double LeastText = 8; // pixels: smaller is not read

    /// <summary>The length of what <see cref="Read"/> answers.</summary>
    public int Bytes => 3 * width * height;

    /// <returns>RGB24, rows top down.</returns>
    /// <exception cref="ImageException">The file is torn or cannot be read.</exception>
    public byte[] Read(string path)
    {
        using var reader = ImageFile.Open(path);
        var info = reader.Info;
        var isMosaic = info.Metadata.Bayer is not null && info.Channels == 1;
        using var builder = new PreviewBuilder(info.Width, info.Height, isMosaic ? 3 : info.Channels, LongestSide(info));
        if (isMosaic)
            AddMosaic(reader, builder);
        else
            AddChannels(reader, builder);
        var picture = builder.Finish();
        // A sensor's own white balance is not applied: one curve each makes its sky grey instead of green.
        if (stretch == PictureStretch.On || (stretch == PictureStretch.Auto && info.Format != SampleFormat.UInt8))
            AutoStretch.Apply(picture, linked: !isMosaic);
        if (!hasDate || info.Metadata.DateObs is not { } date)
            return Draw(picture);
        using var stamped = Stamp(picture, date);
        return Draw(stamped.Picture);
    }

    private static Canvas Stamp(Frame picture, DateTimeOffset date)
    {
        var canvas = new Canvas(picture);
        var text = Math.Max(LeastText, picture.Height * TextShare);
        canvas.Text(date.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture), text, picture.Height - text, text, new Ink(1, 1, 1));
        return canvas;
    }

    private int LongestSide(FrameInfo info)
    {
        var scale = Math.Min((double)width / info.Width, (double)height / info.Height);
        return Math.Max(1, (int)Math.Round(scale * Math.Max(info.Width, info.Height)));
    }

    private static void AddChannels(FrameReader reader, PreviewBuilder builder)
    {
        var width = reader.Info.Width;
        using var rows = new PixelBuffer((long)ChunkRows * width);
        for (var channel = 0; channel < reader.Info.Channels; channel++)
        {
            for (var y = 0; y < reader.Info.Height; y += ChunkRows)
            {
                var chunk = rows.Slice(0, Math.Min(ChunkRows, reader.Info.Height - y) * width);
                reader.ReadRows(channel, y, chunk);
                builder.Add(channel, y, chunk);
            }
        }
    }

    private static void AddMosaic(FrameReader reader, PreviewBuilder builder)
    {
        var (width, height) = (reader.Info.Width, reader.Info.Height);
        using var rows = new PixelBuffer((ChunkRows + 2L) * width);
        using var colours = new PixelBuffer(3L * width);
        for (var first = 0; first < height; first += ChunkRows)
        {
            var (top, end) = (Math.Max(0, first - 1), Math.Min(height, first + ChunkRows + 1));
            var samples = rows.Slice(0, (end - top) * width);
            reader.ReadRows(0, top, samples);
            for (var y = first; y < Math.Min(height, first + ChunkRows); y++)
            {
                var above = samples.Slice(((y > 0 ? y - 1 : Math.Min(1, height - 1)) - top) * width, width);
                var below = samples.Slice(((y < height - 1 ? y + 1 : Math.Max(0, height - 2)) - top) * width, width);
                var red = colours.Slice(0, width);
                var green = colours.Slice(width, width);
                var blue = colours.Slice(2L * width, width);
                BilinearDemosaic.Row(reader.Info.Metadata.Bayer!.Value, y, above, samples.Slice((y - top) * width, width), below, red, green, blue);
                builder.Add(0, y, red);
                builder.Add(1, y, green);
                builder.Add(2, y, blue);
            }
        }
    }

    /// <summary>In the middle of the canvas; what is smaller than its place is drawn larger, bilinear.</summary>
    private byte[] Draw(Frame picture)
    {
        var scale = Math.Max(1, Math.Min((double)width / picture.Width, (double)height / picture.Height));
        var (wide, high) = (Math.Min(width, (int)Math.Round(picture.Width * scale)), Math.Min(height, (int)Math.Round(picture.Height * scale)));
        var (left, top) = ((width - wide) / 2, (height - high) / 2);
        var canvas = new byte[Bytes];
        for (var channel = 0; channel < 3; channel++)
        {
            var plane = picture.Plane(Math.Min(channel, picture.Channels - 1));
            for (var y = 0; y < high; y++)
            {
                var row = ((((top + y) * width) + left) * 3) + channel;
                for (var x = 0; x < wide; x++)
                    canvas[row + (3 * x)] = ToByte(At(plane, picture.Width, picture.Height, ((x + 0.5) / wide * picture.Width) - 0.5, ((y + 0.5) / high * picture.Height) - 0.5));
            }
        }
        return canvas;
    }

    private static float At(ReadOnlySpan<float> plane, int planeWidth, int planeHeight, double x, double y)
    {
        var (px, py) = (Math.Clamp(x, 0, planeWidth - 1), Math.Clamp(y, 0, planeHeight - 1));
        var (left, top) = ((int)px, (int)py);
        var (right, bottom) = (Math.Min(left + 1, planeWidth - 1), Math.Min(top + 1, planeHeight - 1));
        var (fx, fy) = ((float)(px - left), (float)(py - top));
        var upper = plane[(top * planeWidth) + left] * (1 - fx) + (plane[(top * planeWidth) + right] * fx);
        var lower = plane[(bottom * planeWidth) + left] * (1 - fx) + (plane[(bottom * planeWidth) + right] * fx);
        return (upper * (1 - fy)) + (lower * fy);
    }

    // NaN, where a stack has no data, becomes black.
    private static byte ToByte(float value) => value > 0 ? (byte)((Math.Min(value, 1) * 255) + 0.5f) : (byte)0;
}
