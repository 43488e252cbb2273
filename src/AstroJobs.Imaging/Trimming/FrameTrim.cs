using AstroJobs.Imaging.Formats;

namespace AstroJobs.Imaging.Trimming;

/// <summary>Opens pictures without what is to be left out of them.</summary>
internal static class FrameTrim
{
    /// <exception cref="ImageException">As of <see cref="ImageFile.Open"/>; or the part that was asked for is not all within the picture.</exception>
    public static FrameReader Open(string path, TrimRequest request)
    {
        var reader = ImageFile.Open(path);
        try
        {
            var subtracts = request.Overscan == OverscanUse.Subtract && reader.Info.Metadata.Overscan is not null && reader.Info.Channels == 1;
            var area = AreaOf(path, reader.Info, request);
            return area is null && !subtracts ? reader : new TrimmedReader(reader, area ?? Whole(reader.Info), subtracts);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private static FrameArea Whole(FrameInfo info) => new(0, 0, info.Width, info.Height);

    /// <summary>Null where all of it is taken.</summary>
    private static FrameArea? AreaOf(string path, FrameInfo info, TrimRequest request)
    {
        if (request.Area is { } asked)
        {
            if ((asked.Width, asked.Height) == (info.Width, info.Height))
                return null; // cut already, as a master may be
            return asked.Left + asked.Width <= info.Width && asked.Top + asked.Height <= info.Height ? asked : throw new ImageException(FormattableString.Invariant(
                $"Cannot trim '{path}' to {asked.Width}×{asked.Height} pixels from column {asked.Left} and row {asked.Top} on: it has {info.Width}×{info.Height}."));
        }
        var lit = request.Overscan == OverscanUse.Keep ? null : info.Metadata.Lit ?? BesideOverscan(info);
        return lit == Whole(info) ? null : lit;
    }

    /// <summary>Where the header names the overscan only: the larger part beside it.</summary>
    private static FrameArea? BesideOverscan(FrameInfo info)
    {
        if (info.Metadata.Overscan is not { } dark)
            return null;
        var (right, below) = (dark.Left + dark.Width, dark.Top + dark.Height);
        if (dark.Height == info.Height && (dark.Left == 0 || right == info.Width))
            return dark.Left == 0 ? new FrameArea(right, 0, info.Width - right, info.Height) : new FrameArea(0, 0, dark.Left, info.Height);
        if (dark.Width == info.Width && (dark.Top == 0 || below == info.Height))
            return dark.Top == 0 ? new FrameArea(0, below, info.Width, info.Height - below) : new FrameArea(0, 0, info.Width, dark.Top);
        return null;
    }
}
