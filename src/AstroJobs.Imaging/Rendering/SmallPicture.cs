using System.Buffers;

namespace AstroJobs.Imaging.Rendering;

/// <summary>A picture of any size made small enough to look at: a mosaic in colour, stretched so that a dark sky shows what is in it.</summary>
public static class SmallPicture
{
    private const int StripRows = 64;

    /// <summary>Reads the picture once, in strips.</summary>
    /// <param name="longestSide">No side of the small picture is longer, pixels; a picture that is small already keeps its size.</param>
    /// <returns>Samples as the file has them.</returns>
    public static Frame Make(FrameReader reader, int longestSide) =>
        reader.Info is { Channels: 1, Metadata.Bayer: { } pattern, Width: > 1, Height: > 1 } ? FromMosaic(reader, pattern, longestSide) : FromChannels(reader, longestSide);

    /// <summary>Makes it visible, in place: [0, 1] after that.</summary>
    public static void Stretch(Frame picture) => AutoStretch.Apply(picture, linked: false);

    private static Frame FromChannels(FrameReader reader, int longestSide)
    {
        var info = reader.Info;
        using var builder = new Keeper(new PreviewBuilder(info.Width, info.Height, info.Channels, longestSide));
        var strip = ArrayPool<float>.Shared.Rent(StripRows * info.Width);
        for (var y = 0; y < info.Height; y += StripRows)
        {
            var rows = strip.AsSpan(0, Math.Min(StripRows, info.Height - y) * info.Width);
            for (var channel = 0; channel < info.Channels; channel++)
            {
                reader.ReadRows(channel, y, rows);
                builder.Value.Add(channel, y, rows);
            }
        }
        ArrayPool<float>.Shared.Return(strip);
        return builder.Take();
    }

    /// <summary>Each 2×2 cell becomes one coloured pixel, then the picture is made smaller.</summary>
    private static Frame FromMosaic(FrameReader reader, BayerPattern pattern, int longestSide)
    {
        var (width, height) = (reader.Info.Width / 2, reader.Info.Height / 2);
        var (red, blue) = pattern switch
        {
            BayerPattern.Rggb => (0, 3),
            BayerPattern.Bggr => (3, 0),
            BayerPattern.Grbg => (1, 2),
            _ => (2, 1),
        };
        using var builder = new Keeper(new PreviewBuilder(width, height, 3, longestSide));
        var rows = new float[2 * reader.Info.Width];
        var line = new float[width];
        for (var y = 0; y < height; y++)
        {
            reader.ReadRows(0, 2 * y, rows);
            for (var x = 0; x < width; x++)
                line[x] = At(red, x);
            builder.Value.Add(0, y, line);
            for (var x = 0; x < width; x++)
                line[x] = 0.5f * (At(0, x) + At(1, x) + At(2, x) + At(3, x) - At(red, x) - At(blue, x));
            builder.Value.Add(1, y, line);
            for (var x = 0; x < width; x++)
                line[x] = At(blue, x);
            builder.Value.Add(2, y, line);
        }
        return builder.Take();

        // The places of a cell: 0 1 above 2 3.
        float At(int place, int x) => rows[((place / 2) * reader.Info.Width) + (2 * x) + (place % 2)];
    }

    /// <summary>Frees the builder unless its picture was taken.</summary>
    private sealed class Keeper(PreviewBuilder builder) : IDisposable
    {
        private bool _taken;

        public PreviewBuilder Value => builder;

        public Frame Take()
        {
            _taken = true;
            return builder.Finish();
        }

        public void Dispose()
        {
            if (!_taken)
                builder.Dispose();
        }
    }
}
