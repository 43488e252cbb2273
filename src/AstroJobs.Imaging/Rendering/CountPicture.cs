using AstroJobs.Imaging.Formats;

namespace AstroJobs.Imaging.Rendering;

/// <summary>Makes a small picture to look at of a large one whose samples are counts.</summary>
public static class CountPicture
{
    private const int StripRows = 64;
    private const double WhitePart = 0.999; // of the pixels are darker than white

    /// <returns>The count that is white.</returns>
    /// <exception cref="ImageException">The counts cannot be read, or the picture not written.</exception>
    public static double Write(string countsPath, string picturePath, int longestSide)
    {
        using var reader = ImageFile.Open(countsPath);
        var info = reader.Info;
        using var builder = new PreviewBuilder(info.Width, info.Height, info.Channels, longestSide);
        using var strip = new PixelBuffer((long)StripRows * info.Width);
        for (var y = 0; y < info.Height; y += StripRows)
        {
            var rows = strip.Slice(0, Math.Min(StripRows, info.Height - y) * info.Width);
            for (var channel = 0; channel < info.Channels; channel++)
            {
                reader.ReadRows(channel, y, rows);
                builder.Add(channel, y, rows);
            }
        }
        var small = builder.Finish();
        var white = White(small);
        for (var channel = 0; channel < small.Channels; channel++)
        {
            foreach (ref var sample in small.Plane(channel))
                sample = (float)Math.Min(1, sample / white);
        }
        ImageFile.Write(picturePath, small, SampleFormat.UInt8);
        return white;
    }

    private static double White(Frame small)
    {
        var counts = Enumerable.Range(0, small.Channels).SelectMany(channel => small.Plane(channel).ToArray()).Order().ToArray();
        var white = counts[(int)((counts.Length - 1) * WhitePart)];
        return white > 0 ? white : Math.Max(counts[^1], 1);
    }
}
