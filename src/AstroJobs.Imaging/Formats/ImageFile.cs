namespace AstroJobs.Imaging.Formats;

/// <summary>Picture files: opened by what they contain, written by what their name ends in.</summary>
public static class ImageFile
{
    private const int SignatureLength = 16;
    private const int LongestRow = 1 << 24; // so that the bytes of a row are an int

    /// <summary>The endings that <see cref="Create"/> knows, lower case, with their dot.</summary>
    public static IReadOnlyList<string> WritableExtensions { get; } = [".fits", ".fit", ".fts", ".tif", ".tiff", ".png", ".jpg", ".jpeg"];

    /// <summary>The endings of picture files in a folder: those, packed FITS and the camera RAW formats of LibRaw.</summary>
    public static IReadOnlyList<string> ReadableExtensions { get; } =
        [.. WritableExtensions, ".fz", ".fits.gz", ".fit.gz", ".fts.gz", ".dng", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".sr2", ".raf", ".orf", ".rw2", ".pef", ".srw", ".3fr", ".mrw", ".kdc", ".dcr", ".erf", ".iiq"];

    /// <exception cref="ImageException">Missing, empty, torn, or of no known format.</exception>
    public static FrameReader Open(string path)
    {
        var reader = Opener(path)(path);
        if (reader.Info.PixelCount <= int.MaxValue && reader.Info.Width <= LongestRow)
            return reader;
        reader.Dispose();
        throw TooLarge(path, reader.Info.Width, reader.Info.Height);
    }

    /// <summary>Looks at the first bytes alone.</summary>
    /// <exception cref="ImageException">Missing, empty, or of no known format.</exception>
    public static void CheckSignature(string path) => _ = Opener(path);

    /// <summary>Whether a file calls itself a picture; what it contains is another matter.</summary>
    public static bool HasPictureName(string path) => ReadableExtensions.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    public static Frame Read(string path)
    {
        using var reader = Open(path);
        return reader.ReadFrame();
    }

    /// <summary>
    /// Opens a writer for the format that <paramref name="path"/> ends in. FITS and TIFF are written strip by strip; PNG and JPEG hold the picture until
    /// <see cref="FrameWriter.Commit"/>. Where the format cannot hold <see cref="FrameInfo.Format"/> it takes the nearest depth it has: TIFF 64-bit
    /// float becomes 32, PNG all above 8 bits becomes 16, JPEG is always 8.
    /// </summary>
    /// <param name="jpegQuality">1 to 100.</param>
    /// <exception cref="ImageException">An unknown ending, or a folder that cannot be written.</exception>
    public static FrameWriter Create(string path, FrameInfo info, int jpegQuality = 95)
    {
        if (info.Channels is not (1 or 3))
            throw new ImageException($"Cannot write '{path}': a picture has 1 or 3 channels, not {info.Channels}.");
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".fits" or ".fit" or ".fts" => FitsFile.Create(path, info),
            ".tif" or ".tiff" => TiffFile.Create(path, info),
            ".png" => PngFile.Create(path, info),
            ".jpg" or ".jpeg" => JpegFile.Create(path, info, jpegQuality),
            var other => throw new ImageException(
                $"Cannot write '{path}': {(other.Length == 0 ? "the name has no ending" : $"'{other}' is no format we write")}. End the name in {string.Join(' ', WritableExtensions)}."),
        };
    }

    /// <summary>Writes a whole frame at once, in 32-bit float where <paramref name="format"/> does not say otherwise.</summary>
    public static void Write(string path, Frame frame, SampleFormat format = SampleFormat.Float32, int jpegQuality = 95)
    {
        using var writer = Create(path, new FrameInfo(frame.Width, frame.Height, frame.Channels, format, frame.Metadata), jpegQuality);
        for (var channel = 0; channel < frame.Channels; channel++)
            writer.WriteRows(channel, 0, frame.Plane(channel));
        writer.Commit();
    }

    private static Func<string, FrameReader> Opener(string path)
    {
        var head = InputFile.ReadHead(path, SignatureLength);
        if (head.Length == 0)
            throw new ImageException($"Cannot read '{path}': the file is empty (0 bytes) or a pipe. Copy it again from where it was taken.");
        return head switch
        {
            [0xFF, 0xD8, 0xFF, ..] => JpegFile.Open,
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngFile.Open,
            [0x49, 0x49, 0x2A, 0, _, _, _, _, 0x43, 0x52, ..] => RawFile.Open, // Canon CR2
            [0x49, 0x49, 0x2A, 0, ..] or [0x4D, 0x4D, 0, 0x2A, ..] or [0x49, 0x49, 0x2B, 0, ..] or [0x4D, 0x4D, 0, 0x2B, ..] => TiffFile.Open,
            [(byte)'S', (byte)'I', (byte)'M', (byte)'P', (byte)'L', (byte)'E', (byte)' ', ..] => FitsFile.Open,
            [0x1F, 0x8B, ..] => FitsFile.Open, // gzip: CFITSIO unpacks it and says whether FITS is in it
            _ when RawFile.HasSignature(head) => RawFile.Open,
            _ => throw new ImageException($"Cannot read '{path}': it is not a JPEG, PNG, TIFF, FITS or camera RAW file, whatever its name says. Give a picture file."),
        };
    }

    internal static ImageException TooLarge(string path, long width, long height) =>
        new($"Cannot read '{path}': {width}×{height} pixels is more than a frame holds. Cut it into parts.");
}
