using AstroJobs.Imaging.Native;
using MetadataExtractor.Formats.Tiff;

namespace AstroJobs.Imaging.Formats;

/// <summary>TIFF by libtiff: the first page; integers and floats, strips and tiles, both byte orders, any codec libtiff has; alpha is dropped.</summary>
internal static class TiffFile
{
    private const uint ReducedResolution = 1;

    public static FrameReader Open(string path)
    {
        // "m": no memory map, so that a file that shrinks while it is read is an error rather than a SIGBUS.
        var tiff = LibTiff.Open(path, "rm");
        try
        {
            if (tiff.IsInvalid)
                throw InputFile.Torn(path, "libtiff finds no directory of a picture in it");
            if (!IsCameraRaw(tiff))
                return Open(path, tiff);
            tiff.Dispose();
            return RawFile.Open(path);
        }
        catch
        {
            tiff.Dispose();
            throw;
        }
    }

    public static FrameWriter Create(string path, FrameInfo info) => new TiffWriter(path, info);

    /// <summary>DNG says so; NEF, ARW and their like start with a preview; PEF and SRW with a mosaic in a packing of their own.</summary>
    private static unsafe bool IsCameraRaw(TiffHandle tiff)
    {
        if (LibTiff.GetField(tiff, LibTiff.TagDngVersion, out ulong* _) != 0)
            return true;
        if (LibTiff.GetField(tiff, LibTiff.TagSubfileType, out uint subfile) != 0 && (subfile & ReducedResolution) != 0)
            return true;
        var layout = TiffLayout.Read(tiff);
        return layout.IsMosaic && (!layout.IsDirect || LibTiff.IsCodecConfigured((ushort)layout.Compression) == 0);
    }

    private static FrameReader Open(string path, TiffHandle tiff)
    {
        var layout = TiffLayout.Read(tiff);
        if (layout.Width <= 0 || layout.Height <= 0 || layout.Components <= 0)
            throw InputFile.Torn(path, "it names no size");
        if (LibTiff.IsCodecConfigured((ushort)layout.Compression) == 0)
            throw new ImageException($"Cannot read '{path}': this machine's libtiff cannot unpack TIFF compression {layout.Compression}. Save it with LZW, deflate or none.");
        if (!layout.IsDirect && !CanReadRgba(tiff))
            throw new ImageException(
                $"Cannot read '{path}': a TIFF of {layout.BitsPerSample}-bit samples and photometric interpretation {layout.Photometric} is not known here. Save it as 8, 16 or 32 bits, grey or RGB.");
        var (offsets, length) = CheckLength(path, tiff, layout);
        var metadata = ReadMetadata(path);
        var info = new FrameInfo(layout.Width, layout.Height, layout.Channels, layout.Format, layout.IsMosaic ? metadata : metadata with { Bayer = null });
        if (!layout.IsUncompressedStrips)
            return new TiffReader(path, tiff, layout, info);
        var rowsPerStrip = LibTiff.GetFieldDefaulted(tiff, LibTiff.TagRowsPerStrip, out uint rows) == 0 ? uint.MaxValue : rows;
        tiff.Dispose();
        return new TiffStripReader(path, layout, offsets, (int)Math.Min(rowsPerStrip, (uint)layout.Height), length, info);
    }

    /// <summary>Every strip or tile must lie within the file; libtiff itself would notice only when it comes to the missing one.</summary>
    private static unsafe (long[] Offsets, long Length) CheckLength(string path, TiffHandle tiff, TiffLayout layout)
    {
        var count = layout.IsTiled ? LibTiff.NumberOfTiles(tiff) : LibTiff.NumberOfStrips(tiff);
        // libtiff answers for tiles under the tags of strips too.
        if (LibTiff.GetField(tiff, LibTiff.TagStripOffsets, out ulong* offsets) == 0 || LibTiff.GetField(tiff, LibTiff.TagStripByteCounts, out ulong* counts) == 0)
            throw InputFile.Torn(path, "it does not say where its pixels are");
        var length = InputFile.Length(path);
        var answer = new long[count];
        for (var i = 0; i < count; i++)
        {
            if (offsets[i] > (ulong)length || counts[i] > (ulong)length - offsets[i])
                throw InputFile.Torn(path, $"its directory promises {offsets[i] + counts[i]} bytes, it has {length}");
            answer[i] = (long)offsets[i];
        }
        return (answer, length);
    }

    private static bool CanReadRgba(TiffHandle tiff)
    {
        Span<byte> message = stackalloc byte[1024]; // as tiffio.h asks for
        return LibTiff.CanReadRgba(tiff, ref message[0]) != 0;
    }

    // A picture whose EXIF is spoilt is still a picture.
    private static FrameMetadata ReadMetadata(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return ExifMetadata.Read(TiffMetadataReader.ReadMetadata(stream));
        }
        catch (Exception e) when (e is TiffProcessingException or IOException)
        {
            return FrameMetadata.None;
        }
    }
}
