using System.Runtime.InteropServices;
using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging.Formats;

/// <summary>An opened PNG; holds its critical chunks until the first row is asked for.</summary>
internal sealed class PngReader(string path, NativeBytes png, int length, bool hasAlpha, FrameInfo info)
    : DecodedReader(info, info.Channels + (hasAlpha ? 1 : 0))
{
    private int Components => Info.Channels + (hasAlpha ? 1 : 0);

    protected override NativeBytes Decode()
    {
        var size = RawFormat.BytesPerSample();
        var pixels = new NativeBytes(Info.PixelCount * Components * size);
        var image = new LibPng.Image { Version = LibPng.Version };
        try
        {
            if (LibPng.BeginRead(ref image, in png.First, (nuint)length) == 0)
                throw InputFile.Torn(path, $"libpng says \"{PngFile.Message(image)}\"");
            image.Format = (Info.Channels == 3 ? LibPng.FormatColor : 0) | (hasAlpha ? LibPng.FormatAlpha : 0) | (size == 2 ? LibPng.FormatLinear : 0);
            // A stride of 0 means rows without gaps.
            if (LibPng.FinishRead(ref image, 0, ref pixels.First, rowStride: 0, 0) == 0)
                throw InputFile.Torn(path, $"libpng says \"{PngFile.Message(image)}\"");
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
        finally
        {
            LibPng.Free(ref image);
        }
        png.Dispose();
        if (hasAlpha && size == 2)
            Unassociate(pixels);
        return pixels;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            png.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>
    /// libpng's simplified API multiplies 16-bit colours by their alpha; this divides them again. Exact where a pixel is opaque (all that astronomical
    /// software writes), to within 65535 / (2·alpha) elsewhere; under alpha 0 nothing is left.
    /// </summary>
    private void Unassociate(NativeBytes pixels)
    {
        for (var y = 0; y < Info.Height; y++)
        {
            var rowBytes = Info.Width * Components * sizeof(ushort);
            var row = MemoryMarshal.Cast<byte, ushort>(pixels.Slice((long)y * rowBytes, rowBytes));
            for (var i = 0; i < row.Length; i += Components)
            {
                uint alpha = row[i + Info.Channels];
                if (alpha is 0 or ushort.MaxValue)
                    continue;
                foreach (ref var sample in row.Slice(i, Info.Channels))
                    sample = (ushort)Math.Min(((sample * (ulong)ushort.MaxValue) + (alpha / 2)) / alpha, ushort.MaxValue);
            }
        }
    }
}
