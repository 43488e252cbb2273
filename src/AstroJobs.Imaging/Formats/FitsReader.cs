using System.Buffers;
using System.Runtime.InteropServices;
using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging.Formats;

/// <summary>An opened FITS image: any rows straight from the file, where it is not packed.</summary>
/// <param name="isPacked">CFITSIO unpacks it anew for everybody who opens it: a gzipped one whole, in memory.</param>
internal sealed unsafe class FitsReader(string path, FitsHandle file, FrameInfo info, FitsScale scale, bool topDown, bool isPacked) : FrameReader(info)
{
    private const int StepSamples = 1 << 18; // half a megabyte of shorts: stays in the cache from CFITSIO to the conversion
    private readonly bool _readsShorts = !isPacked && scale.RawFormat == SampleFormat.UInt16 && LeaveUnscaled(path, file);
    private float? _fullScale = scale.FullScale;

    public override bool ReadsRowsDirectly => !isPacked;

    public override SampleFormat RawFormat => scale.RawFormat;

    private int RowsAtOnce => Math.Max(1, StepSamples / Info.Width);

    public override void ReadRawRows(int channel, int firstRow, Span<byte> samples)
    {
        if (RawFormat == SampleFormat.Float32)
        {
            ReadRows(channel, firstRow, MemoryMarshal.Cast<byte, float>(samples));
            return;
        }
        var rowBytes = Info.Width * RawFormat.BytesPerSample();
        var count = Info.CountRows(channel, firstRow, samples.Length / RawFormat.BytesPerSample());
        ReadStored(channel, firstRow, count, samples);
        if (!topDown)
            Reverse(samples, rowBytes);
    }

    public override void ReadRows(int channel, int firstRow, Span<float> rows)
    {
        var count = Info.CountRows(channel, firstRow, rows.Length);
        var fullScale = _fullScale ??= FitsScale.Guess(FindMax());
        for (var done = 0; done < count; done += RowsAtOnce)
        {
            var now = Math.Min(RowsAtOnce, count - done);
            var target = rows.Slice(done * Info.Width, now * Info.Width);
            if (RawFormat == SampleFormat.Float32)
                ReadFloats(channel, firstRow + done, now, target, fullScale);
            else
                ReadIntegers(channel, firstRow + done, now, target);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
    }

    private void ReadIntegers(int channel, int firstRow, int count, Span<float> target)
    {
        var length = target.Length * RawFormat.BytesPerSample();
        var raw = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            ReadRawRows(channel, firstRow, raw.AsSpan(0, length));
            Samples.ToFloat(RawFormat, raw.AsSpan(0, length), target);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
        }
    }

    private void ReadFloats(int channel, int firstRow, int count, Span<float> target, float fullScale)
    {
        ReadStored(channel, firstRow, count, MemoryMarshal.AsBytes(target));
        if (!topDown)
            Reverse(MemoryMarshal.AsBytes(target), Info.Width * sizeof(float));
        if (fullScale != 1)
            Samples.Divide(target, fullScale);
    }

    /// <summary>Rows of the picture, in the order they are stored in.</summary>
    private void ReadStored(int channel, int firstRow, int count, Span<byte> samples)
    {
        var type = RawFormat switch
        {
            SampleFormat.UInt8 => CFitsio.TypeByte,
            SampleFormat.UInt16 when _readsShorts => CFitsio.TypeInt16,
            SampleFormat.UInt16 => CFitsio.TypeUInt16,
            _ => CFitsio.TypeFloat,
        };
        var firstStored = topDown ? firstRow : Info.Height - firstRow - count;
        var firstElement = (channel * Info.PixelCount) + ((long)firstStored * Info.Width) + 1; // counted from 1
        var (status, blank) = (0, float.NaN);
        fixed (byte* pixels = samples)
        {
            var nullValue = type == CFitsio.TypeFloat ? &blank : null;
            if (CFitsio.ReadPixels(file, type, firstElement, (long)count * Info.Width, nullValue, pixels, out _, ref status) != 0)
                throw InputFile.Torn(path, FitsFile.Reason(status));
        }
        if (_readsShorts)
            Samples.FlipSign(MemoryMarshal.Cast<byte, ushort>(samples));
    }

    /// <summary>CFITSIO reads shorts as they lie there in one go, and unsigned ones in portions of a few kilobytes, each sample for itself.</summary>
    private static bool LeaveUnscaled(string path, FitsHandle file)
    {
        var status = 0;
        return CFitsio.SetScale(file, 1, 0, ref status) == 0 ? true : throw InputFile.Torn(path, FitsFile.Reason(status));
    }

    /// <summary>The largest sample, or the first found beyond what is relative: files in ADU are known after a few rows.</summary>
    private float FindMax()
    {
        var largest = 0f;
        var buffer = ArrayPool<float>.Shared.Rent(RowsAtOnce * Info.Width);
        try
        {
            for (var channel = 0; channel < Info.Channels; channel++)
            {
                for (var y = 0; y < Info.Height && largest <= FitsScale.LargestRelative; y += RowsAtOnce)
                {
                    var rows = buffer.AsSpan(0, Math.Min(RowsAtOnce, Info.Height - y) * Info.Width);
                    ReadStored(channel, y, rows.Length / Info.Width, MemoryMarshal.AsBytes(rows));
                    largest = Math.Max(largest, Samples.Max(rows));
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
        return largest;
    }

    private static void Reverse(Span<byte> samples, int rowBytes)
    {
        var spare = ArrayPool<byte>.Shared.Rent(rowBytes);
        for (int low = 0, high = samples.Length - rowBytes; low < high; low += rowBytes, high -= rowBytes)
        {
            samples.Slice(low, rowBytes).CopyTo(spare);
            samples.Slice(high, rowBytes).CopyTo(samples.Slice(low, rowBytes));
            spare.AsSpan(0, rowBytes).CopyTo(samples.Slice(high, rowBytes));
        }
        ArrayPool<byte>.Shared.Return(spare);
    }
}
