using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging.Formats;

/// <summary>An opened JPEG; holds the compressed bytes until the first row is asked for.</summary>
internal sealed class JpegReader(string path, NativeBytes jpeg, FrameInfo info) : DecodedReader(info, info.Channels)
{
    protected override NativeBytes Decode()
    {
        var pixels = new NativeBytes(Info.PixelCount * Info.Channels);
        using var decompressor = TurboJpeg.InitDecompress();
        var format = Info.Channels == 1 ? TurboJpeg.PixelFormatGray : TurboJpeg.PixelFormatRgb;
        var result = TurboJpeg.Decompress(decompressor, in jpeg.First, (nuint)jpeg.Length, ref pixels.First, Info.Width, 0, Info.Height, format, flags: 0);
        if (result != 0 && IsTorn(decompressor))
        {
            pixels.Dispose();
            throw InputFile.Torn(path, $"libjpeg-turbo says \"{TurboJpeg.ErrorText(decompressor)}\"");
        }
        jpeg.Dispose();
        return pixels;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            jpeg.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>
    /// Data that ends early is only a warning to libjpeg ("Premature end of JPEG file", "Corrupt JPEG data: premature end of data segment"), which fills the
    /// rest with grey. Other warnings (stray bytes between markers) leave the picture whole.
    /// </summary>
    private static bool IsTorn(TurboJpegHandle decompressor) =>
        TurboJpeg.ErrorCode(decompressor) != TurboJpeg.ErrorWarning
        || TurboJpeg.ErrorText(decompressor).Contains("premature end", StringComparison.OrdinalIgnoreCase);
}
