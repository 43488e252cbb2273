using AstroJobs.Imaging.Formats;

namespace AstroJobs.Imaging.Rendering;

/// <summary>Makes the pictures to look at of the small copy of a result: the stretched preview and its thumbnail.</summary>
internal static class PreviewPictures
{
    private const int ThumbnailSide = 320;
    private const double LargestRounding = 1.5 / 255; // of a dark sky a camera's JPEG keeps two or three steps, of each colour as many as it rounded to

    /// <param name="small">Is stretched in place.</param>
    /// <param name="of8Bits">The frames had 256 steps: their colours were made for the eye and stay, but for a tint of the sky of a step or so.</param>
    /// <param name="isBalanced">The colours of the result were balanced on request.</param>
    /// <returns>What was done to the colours; null for nothing.</returns>
    public static ColourBalance? Write(Frame small, FrameMetadata metadata, FinishRequest finish, string path, bool of8Bits, bool isBalanced)
    {
        var balance = small.Channels == 3 && finish.Stretch == PreviewStretch.Auto && !isBalanced ? Balance(small, of8Bits) : null;
        for (var channel = 0; channel < small.Channels && balance is not null; channel++)
            balance.Apply(channel, small.Plane(channel));
        if (finish.Stretch != PreviewStretch.None)
            AutoStretch.Apply(small, finish.Stretch != PreviewStretch.Unlinked, of8Bits);
        Write(small, metadata, path);
        if (finish.ThumbnailPath is { } thumbnail)
        {
            using var builder = new PreviewBuilder(small.Width, small.Height, small.Channels, ThumbnailSide);
            for (var channel = 0; channel < small.Channels; channel++)
                builder.Add(channel, 0, small.Plane(channel));
            Write(builder.Finish(), metadata, thumbnail);
        }
        return balance;
    }

    /// <summary>By the stars where there are enough, and a grey sky; of 8 bits only the sky where its tint is no more than rounding.</summary>
    private static ColourBalance? Balance(Frame small, bool of8Bits)
    {
        var info = new FrameInfo(small.Width, small.Height, small.Channels, SampleFormat.Float32, FrameMetadata.None);
        void Read(int channel, int firstRow, Span<float> rows) => small.Rows(channel, firstRow, rows.Length / small.Width).CopyTo(rows);
        var sky = SkyColour.Measure(info, Read);
        if (of8Bits)
            return sky.Max() - sky.Min() <= LargestRounding ? ColourBalance.None.WithGreySky(sky) : null;
        var stars = StarColours.Factors(info, Read) is { } factors ? ColourBalance.OfFactors(factors) : ColourBalance.None;
        return stars.WithGreySky(sky);
    }

    private static void Write(Frame picture, FrameMetadata metadata, string path)
    {
        using var writer = ImageFile.Create(path, new FrameInfo(picture.Width, picture.Height, picture.Channels, SampleFormat.UInt8, metadata));
        for (var channel = 0; channel < picture.Channels; channel++)
            writer.WriteRows(channel, 0, picture.Plane(channel));
        writer.Commit();
    }
}
