using AstroJobs.Imaging.Stacking.Frames;
using AstroJobs.Imaging.Stars;

namespace AstroJobs.Imaging.Rendering;

/// <summary>The level of the sky in each channel of a picture.</summary>
internal static class SkyColour
{
    private const int StripRows = 64;

    public static IReadOnlyList<double> Measure(FrameInfo info, RowSource read)
    {
        var sampler = new SkySampler(info);
        using var strip = new PixelBuffer((long)StripRows * info.Width);
        for (var y = 0; y < info.Height; y += StripRows)
        {
            var rows = strip.Slice(0, Math.Min(StripRows, info.Height - y) * info.Width);
            for (var channel = 0; channel < info.Channels; channel++)
            {
                read(channel, y, rows);
                sampler.Take(channel, y, rows);
            }
        }
        return [.. sampler.Levels().Select(level => double.IsFinite(level.Level) ? level.Level : 0)];
    }
}
