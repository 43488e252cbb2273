using System.Text;
using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging.Formats;

/// <summary>FITS by CFITSIO: all BITPIX, mono and RGB cubes, also gzipped or tile-compressed.</summary>
internal static class FitsFile
{
    private const int GzipMagic = 0x1F;

    public static FrameReader Open(string path)
    {
        var status = 0;
        if (CFitsio.OpenDiskFile(out var file, path, CFitsio.ReadOnly, ref status) != 0)
        {
            file.Dispose();
            throw InputFile.Torn(path, Reason(status));
        }
        try
        {
            return Open(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static FrameWriter Create(string path, FrameInfo info) => new FitsWriter(path, info);

    internal static string Reason(int status)
    {
        Span<byte> text = stackalloc byte[CFitsio.StatusLength];
        CFitsio.GetStatusText(status, ref text[0]);
        CFitsio.ClearMessages();
        return $"CFITSIO says \"{Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)])}\"";
    }

    private static FitsReader Open(string path, FitsHandle file)
    {
        var header = new FitsHeader();
        var (hdu, axes) = MoveToFirstImage(path, file, header);
        var status = 0;
        if (CFitsio.GetBitpix(file, out var bitpix, ref status) != 0)
            throw InputFile.Torn(path, Reason(status));
        if (axes[0] > int.MaxValue || axes[1] > int.MaxValue || axes[0] * axes[1] > int.MaxValue)
            throw ImageFile.TooLarge(path, axes[0], axes[1]);
        var isPacked = IsPacked(path, file);
        if (!isPacked)
            CheckLength(path, file, axes, bitpix);
        var channels = FitsContents.Channels(path, axes);
        var others = FitsContents.CountOthers(path, file, hdu, axes);
        var isTopDown = FitsRows.AreTopDown(header);
        var metadata = FitsSections.Read(header, FitsMetadata.Read(header, (int)axes[1]), (int)axes[0], (int)axes[1], isTopDown) with { UnreadPictures = others };
        var info = new FrameInfo((int)axes[0], (int)axes[1], channels, Format(bitpix), metadata);
        return new FitsReader(path, file, info, FitsScale.Of(header, bitpix), isTopDown, isPacked);
    }

    /// <summary>Moves to the first image with data and gathers its header over that of the primary one.</summary>
    private static (int Hdu, long[] Axes) MoveToFirstImage(string path, FitsHandle file, FitsHeader header)
    {
        for (var hdu = 1; ; hdu++)
        {
            var status = 0;
            if (CFitsio.MoveToHdu(file, hdu, out var type, ref status) == CFitsio.StatusEndOfFile)
                throw new ImageException($"Cannot read '{path}': there is no picture in this FITS file, only headers or tables.");
            if (status != 0)
                throw InputFile.Torn(path, Reason(status));
            if (hdu > 1 && type != CFitsio.ImageHdu)
                continue;
            if (header.Add(file) is not 0 and var unread)
                throw InputFile.Torn(path, Reason(unread));
            if (FitsContents.Axes(file) is { } axes)
                return (hdu, axes);
        }
    }

    private static bool IsPacked(string path, FitsHandle file)
    {
        var status = 0;
        return CFitsio.IsCompressed(file, ref status) != 0 || InputFile.ReadHead(path, 1) is [GzipMagic];
    }

    // CFITSIO reads what is there and fails at the missing rows only; a stack should know before it starts.
    private static void CheckLength(string path, FitsHandle file, long[] axes, int bitpix)
    {
        var status = 0;
        if (CFitsio.GetAddresses(file, out _, out var data, out _, ref status) != 0)
            throw InputFile.Torn(path, Reason(status));
        var expected = data + axes.Aggregate((long)Math.Abs(bitpix) / 8, (product, axis) => product * axis);
        var length = InputFile.Length(path);
        if (length < expected)
            throw InputFile.Torn(path, $"its header promises {expected} bytes, it has {length}");
    }

    private static SampleFormat Format(int bitpix) => bitpix switch
    {
        8 => SampleFormat.UInt8,
        16 => SampleFormat.UInt16,
        32 => SampleFormat.UInt32,
        -32 => SampleFormat.Float32,
        _ => SampleFormat.Float64,
    };
}
