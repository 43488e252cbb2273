using System.Buffers.Binary;
using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging.Formats;

/// <summary>A JPEG being written: no chroma subsampling, for stars are one or two pixels wide; the metadata as EXIF.</summary>
internal sealed class JpegWriter(string path, FrameInfo info, int quality) : HeldWriter(path, info, bytesPerSample: 1)
{
    private const int MarkerLength = 2; // SOI
    private static ReadOnlySpan<byte> ExifName => "Exif\0\0"u8;

    protected override unsafe void Encode(NativeBytes pixels, OutputFile file)
    {
        var (format, subsampling) = Info.Channels == 1
            ? (TurboJpeg.PixelFormatGray, TurboJpeg.SubsamplingGray)
            : (TurboJpeg.PixelFormatRgb, TurboJpeg.Subsampling444);
        using var compressor = TurboJpeg.InitCompress();
        var size = TurboJpeg.BufferSize(Info.Width, Info.Height, subsampling);
        using var jpeg = new NativeBytes((long)size);
        fixed (byte* start = &jpeg.First)
        {
            var target = start;
            const int flags = TurboJpeg.FlagNoRealloc | TurboJpeg.FlagAccurateDct;
            if (TurboJpeg.Compress(compressor, in pixels.First, Info.Width, 0, Info.Height, format, &target, ref size, subsampling, quality, flags) != 0)
                throw file.Failure($"libjpeg-turbo says \"{TurboJpeg.ErrorText(compressor)}\".");
        }
        var body = jpeg.Slice(0, checked((int)size));
        file.Write(body[..MarkerLength], ExifSegment(), body[MarkerLength..]);
    }

    // APP1 comes right after SOI (CIPA DC-008, 4.5.4). Its length counts itself and the name, not the marker.
    private byte[] ExifSegment()
    {
        var exif = ExifBlock.Build(Info.Metadata);
        var segment = new byte[4 + ExifName.Length + exif.Length];
        segment[0] = 0xFF;
        segment[1] = 0xE1;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), checked((ushort)(segment.Length - 2)));
        ExifName.CopyTo(segment.AsSpan(4));
        exif.CopyTo(segment, 4 + ExifName.Length);
        return segment;
    }
}
