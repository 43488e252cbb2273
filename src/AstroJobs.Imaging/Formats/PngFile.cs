using AstroJobs.Imaging.Native;
using MetadataExtractor.Formats.Png;

namespace AstroJobs.Imaging.Formats;

/// <summary>PNG by libpng: 8 or 16 bits, grey or RGB, palettes expanded, alpha dropped (the colour under it is what was stored).</summary>
internal static class PngFile
{
    private const string NoEnd = "its chunks do not lead to an end";

    public static FrameReader Open(string path)
    {
        var png = InputFile.ReadAll(path);
        try
        {
            var bytes = png.Slice(0, (int)png.Length);
            var (bitDepth, _) = PngChunks.ReadHeader(bytes);
            var length = PngChunks.KeepCritical(bytes) ?? throw InputFile.Torn(path, NoEnd);
            var metadata = ReadMetadata(path);
            var image = new LibPng.Image { Version = LibPng.Version };
            try
            {
                if (LibPng.BeginRead(ref image, in png.First, (nuint)length) == 0)
                    throw InputFile.Torn(path, $"libpng says \"{Message(image)}\"");
                var channels = (image.Format & LibPng.FormatColor) != 0 ? 3 : 1;
                var hasAlpha = (image.Format & LibPng.FormatAlpha) != 0;
                var format = bitDepth == 16 ? SampleFormat.UInt16 : SampleFormat.UInt8;
                return new PngReader(path, png, length, hasAlpha, new FrameInfo((int)image.Width, (int)image.Height, channels, format, metadata));
            }
            finally
            {
                LibPng.Free(ref image);
            }
        }
        catch
        {
            png.Dispose();
            throw;
        }
    }

    public static FrameWriter Create(string path, FrameInfo info) => new PngWriter(path, info, info.Format == SampleFormat.UInt8 ? 1 : 2);

    internal static string Message(in LibPng.Image image)
    {
        ReadOnlySpan<byte> text = image.Message;
        var end = text.IndexOf((byte)0);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    // A picture whose EXIF is spoilt is still a picture.
    private static FrameMetadata ReadMetadata(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return ExifMetadata.Read(PngMetadataReader.ReadMetadata(stream));
        }
        catch (Exception e) when (e is PngProcessingException or IOException)
        {
            return FrameMetadata.None;
        }
    }
}
