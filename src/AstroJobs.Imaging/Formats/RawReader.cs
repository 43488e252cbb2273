using System.Runtime.InteropServices;
using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging.Formats;

/// <summary>An opened camera RAW: unpacked at the first row asked for. Samples are the sensor's numbers / 65535, black level included.</summary>
internal sealed class RawReader(string path, LibRawHandle raw, FrameInfo info) : DecodedReader(info, info.Channels)
{
    private const int UnpackedBytes = sizeof(ushort) * (1 + LibRaw.Components); // the sensor's numbers, and the picture made of them
    private const int Cell = 12; // pixels that hold whole periods of every mosaic, and of the black levels that come with them
    private const float Full = ushort.MaxValue;

    private SensorLevels? _levels;

    public override bool HasLevels => true;

    public override SensorLevels? Levels => _levels;

    public override long WorkingBytes => (Info.PixelCount * UnpackedBytes) + base.WorkingBytes;

    protected override NativeBytes Decode()
    {
        RawFile.Check(path, LibRaw.Unpack(raw));
        if (raw.EndedEarly)
            throw InputFile.Torn(path, "LibRaw came to its end before it had all pixels");
        var white = LibRaw.White(raw);
        var balance = ReadBalance();
        var pixels = new NativeBytes(Info.PixelCount * Info.Channels * sizeof(ushort));
        try
        {
            if (Info.Channels == 1)
                DecodeMosaic(pixels, white, balance);
            else
                DecodeColours(pixels, balance);
            raw.Dispose();
            return pixels;
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            raw.Dispose();
        base.Dispose(disposing);
    }

    private void DecodeMosaic(NativeBytes pixels, int white, float[]? balance)
    {
        RawFile.Check(path, LibRaw.MakePicture(raw));
        var picture = Picture();
        for (var y = 0; y < Info.Height; y++)
        {
            var target = Row(pixels, y);
            var source = picture.Slice(y * Info.Width * LibRaw.Components, Info.Width * LibRaw.Components);
            var (even, odd) = (LibRaw.ColourAt(raw, y, 0), LibRaw.ColourAt(raw, y, 1));
            for (var x = 0; x < target.Length; x++)
                target[x] = source[(x * LibRaw.Components) + ((x & 1) == 0 ? even : odd)];
        }
        _levels = new SensorLevels(ReadBlack(picture), white / Full, balance);
    }

    /// <summary>Black, for which there is no accessor, is what LibRaw takes off a picture that is white everywhere; the numbers have been copied.</summary>
    private float[] ReadBlack(Span<ushort> picture)
    {
        picture.Fill(ushort.MaxValue);
        LibRaw.SubtractBlack(raw);
        var sums = new double[4];
        for (var y = 0; y < Cell; y++)
        {
            for (var x = 0; x < Cell; x++)
                sums[((y & 1) * 2) + (x & 1)] += ushort.MaxValue - picture[(((y * Info.Width) + x) * LibRaw.Components) + LibRaw.ColourAt(raw, y, x)];
        }
        return [.. sums.Select(sum => (float)(sum / (Cell * Cell / 4)) / Full)];
    }

    /// <summary>X-Trans: LibRaw's own interpolation, the camera's colours without balance, black taken off, white at the end of 16 bits.</summary>
    private void DecodeColours(NativeBytes pixels, float[]? balance)
    {
        LibRaw.SetOutputColour(raw, 0);
        for (var i = 0; i < LibRaw.Components; i++)
            LibRaw.SetMultiplier(raw, i, 1);
        RawFile.Check(path, LibRaw.Process(raw));
        var picture = Picture();
        for (var y = 0; y < Info.Height; y++)
        {
            var target = Row(pixels, y);
            var source = picture.Slice(y * Info.Width * LibRaw.Components, Info.Width * LibRaw.Components);
            for (var x = 0; x < Info.Width; x++)
                source.Slice(x * LibRaw.Components, 3).CopyTo(target[(x * 3)..]);
        }
        _levels = new SensorLevels([0, 0, 0, 0], 1, balance);
    }

    private Span<ushort> Picture()
    {
        if (LibRaw.Width(raw) != Info.Width || LibRaw.Height(raw) != Info.Height || LibRaw.Picture(raw) is not { IsEmpty: false } picture)
            throw new ImageException($"Cannot read '{path}': this version of LibRaw gives another picture than it announced. Convert it to DNG or FITS.");
        return picture;
    }

    private Span<ushort> Row(NativeBytes pixels, int y)
    {
        var bytes = Info.Width * Info.Channels * sizeof(ushort);
        return MemoryMarshal.Cast<byte, ushort>(pixels.Slice((long)y * bytes, bytes));
    }

    private float[]? ReadBalance()
    {
        var factors = Enumerable.Range(0, 3).Select(i => LibRaw.CameraMultiplier(raw, i)).ToArray();
        return factors.All(factor => factor > 0 && float.IsFinite(factor)) ? [factors[0] / factors[1], 1, factors[2] / factors[1]] : null;
    }
}
