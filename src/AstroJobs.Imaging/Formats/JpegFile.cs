using AstroJobs.Imaging.Native;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Jpeg;

namespace AstroJobs.Imaging.Formats;

/// <summary>JPEG by libjpeg-turbo: 8-bit, grey or RGB.</summary>
internal static class JpegFile
{
    public static FrameReader Open(string path)
    {
        var jpeg = InputFile.ReadAll(path);
        try
        {
            using var decompressor = TurboJpeg.InitDecompress();
            if (TurboJpeg.DecompressHeader(decompressor, in jpeg.First, (nuint)jpeg.Length, out var width, out var height, out _, out var colorspace) != 0)
                throw InputFile.Torn(path, $"libjpeg-turbo says \"{TurboJpeg.ErrorText(decompressor)}\"");
            if (width <= 0 || height <= 0)
                throw InputFile.Torn(path, "it ends before the picture starts"); // to libjpeg a file of tables alone is valid
            if (colorspace >= TurboJpeg.ColorspaceCmyk)
                throw new ImageException($"Cannot read '{path}': it is a CMYK JPEG, made for print. Convert it to RGB.");
            var channels = colorspace == TurboJpeg.ColorspaceGray ? 1 : 3;
            return new JpegReader(path, jpeg, new FrameInfo(width, height, channels, SampleFormat.UInt8, ReadMetadata(path)));
        }
        catch
        {
            jpeg.Dispose();
            throw;
        }
    }

    public static FrameWriter Create(string path, FrameInfo info, int quality)
    {
        if (quality is < 1 or > 100)
            throw new ImageException($"Cannot write '{path}': JPEG quality is 1 to 100, not {quality}.");
        const int longestSide = 65500; // JPEG_MAX_DIMENSION of libjpeg
        if (info.Width > longestSide || info.Height > longestSide)
            throw new ImageException($"Cannot write '{path}': a JPEG has at most {longestSide} pixels a side, not {info.Width}×{info.Height}. Write a TIFF or FITS.");
        return new JpegWriter(path, info, quality);
    }

    // A picture whose EXIF is spoilt is still a picture.
    private static FrameMetadata ReadMetadata(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return ExifMetadata.Read(JpegMetadataReader.ReadMetadata(stream, [new ExifReader()]));
        }
        catch (Exception e) when (e is JpegProcessingException or IOException)
        {
            return FrameMetadata.None;
        }
    }
}
