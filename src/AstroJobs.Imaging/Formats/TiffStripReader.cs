using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Imaging.Formats;

/// <summary>An opened TIFF of uncompressed strips: any row straight from the file, a row's worth of memory.</summary>
/// <param name="offsets">Where each strip starts, all of the first plane before those of the next.</param>
internal sealed class TiffStripReader(string path, TiffLayout layout, long[] offsets, int rowsPerStrip, long length, FrameInfo info) : FrameReader(info)
{
    private readonly SafeFileHandle _file = File.OpenHandle(path);

    public override bool ReadsRowsDirectly => true;

    public override SampleFormat RawFormat => layout.IsRaw ? Info.Format : SampleFormat.Float32;

    private int ComponentsTogether => layout.IsPlanar ? 1 : layout.Components;

    public override void ReadRawRows(int channel, int firstRow, Span<byte> samples)
    {
        var size = RawFormat.BytesPerSample();
        var count = Info.CountRows(channel, firstRow, samples.Length / size);
        var storedBytes = Info.Width * ComponentsTogether * layout.BytesPerSample;
        var planeBytes = Info.Width * layout.BytesPerSample;
        var stored = ArrayPool<byte>.Shared.Rent(storedBytes + planeBytes);
        try
        {
            var pixels = stored.AsSpan(0, storedBytes);
            var plane = stored.AsSpan(storedBytes, planeBytes);
            for (var row = 0; row < count; row++)
            {
                ReadStored(channel, firstRow + row, pixels);
                Interleaving.Extract(pixels, layout.IsPlanar ? 0 : channel, ComponentsTogether, layout.BytesPerSample, plane);
                if (layout.IsByteSwapped)
                    TiffSamples.SwapBytes(plane, layout.BytesPerSample);
                TiffSamples.ToRaw(layout, plane, samples.Slice(row * Info.Width * size, Info.Width * size));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(stored);
        }
    }

    public override void ReadRows(int channel, int firstRow, Span<float> rows) => ReadRowsFromRaw(channel, firstRow, rows);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
    }

    private void ReadStored(int channel, int y, Span<byte> pixels)
    {
        var stripsPerPlane = (Info.Height + rowsPerStrip - 1) / rowsPerStrip;
        var strip = (layout.IsPlanar ? channel * stripsPerPlane : 0) + (y / rowsPerStrip);
        if (strip >= offsets.Length)
            throw InputFile.Torn(path, $"it has {offsets.Length} strips and needs {strip + 1}");
        var at = offsets[strip] + ((long)(y % rowsPerStrip) * pixels.Length);
        for (var done = 0; done < pixels.Length;)
        {
            var read = RandomAccess.Read(_file, pixels[done..], at + done);
            if (read == 0)
                throw InputFile.Torn(path, $"row {y} lies beyond its {length} bytes");
            done += read;
        }
    }
}
