using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging.Formats;

/// <summary>A PNG being written: the samples as they are, without colour chunks that would have readers convert them; the metadata as an eXIf chunk.</summary>
internal sealed class PngWriter(string path, FrameInfo info, int bytesPerSample) : HeldWriter(path, info, bytesPerSample)
{
    private const int AfterHeader = PngChunks.SignatureLength + 25; // IHDR: 13 bytes of data

    protected override void Encode(NativeBytes pixels, OutputFile file)
    {
        var image = new LibPng.Image
        {
            Version = LibPng.Version,
            Width = (uint)Info.Width,
            Height = (uint)Info.Height,
            Flags = LibPng.FlagFast,
            Format = (Info.Channels == 3 ? LibPng.FormatColor : 0) | (BytesPerSample == 2 ? LibPng.FormatLinear : 0),
        };
        try
        {
            using var png = new NativeBytes(LongestFile);
            var length = (nuint)png.Length;
            if (LibPng.Write(ref image, ref png.First, ref length, 0, in pixels.First, rowStride: 0, 0) == 0)
                throw file.Failure($"libpng says \"{PngFile.Message(image)}\".");
            var bytes = png.Slice(0, checked((int)length));
            var kept = PngChunks.KeepCritical(bytes) ?? throw file.Failure("libpng wrote a PNG without an end.");
            file.Write(bytes[..AfterHeader], PngChunks.Build("eXIf"u8, ExifBlock.Build(Info.Metadata)), bytes[AfterHeader..kept]);
        }
        finally
        {
            LibPng.Free(ref image);
        }
    }

    // Rows with their filter byte through zlib at its worst, one chunk header for each 8192 bytes of it, and all other chunks of libpng (png.h, PNG_IMAGE_PNG_SIZE_MAX).
    private long LongestFile
    {
        get
        {
            var rows = (long)(RowBytes + 1) * Info.Height;
            return 1024 + rows + (rows / 8) + (rows / 64) + (rows / 8192 * 12);
        }
    }
}
