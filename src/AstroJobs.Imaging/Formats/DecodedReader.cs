using System.Buffers;

namespace AstroJobs.Imaging.Formats;

/// <summary>A reader of a format that is decoded as a whole, at the first row asked for, and kept as the file's own samples: one or two bytes each, not four.</summary>
/// <param name="components">Samples that lie side by side for each pixel in what <see cref="Decode"/> answers; 1 means plane after plane.</param>
internal abstract class DecodedReader(FrameInfo info, int components) : FrameReader(info)
{
    private NativeBytes? _pixels;

    public sealed override bool ReadsRowsDirectly => false;

    public sealed override SampleFormat RawFormat => Info.Format is SampleFormat.UInt8 or SampleFormat.UInt16 ? Info.Format : SampleFormat.Float32;

    public sealed override void ReadRawRows(int channel, int firstRow, Span<byte> samples)
    {
        var size = RawFormat.BytesPerSample();
        var count = Info.CountRows(channel, firstRow, samples.Length / size);
        var pixels = _pixels ??= Decode();
        var rowBytes = Info.Width * size;
        for (var row = 0; row < count; row++)
            Interleaving.Extract(Row(pixels, channel, firstRow + row), channel: components == 1 ? 0 : channel, components, size, samples.Slice(row * rowBytes, rowBytes));
    }

    public sealed override void ReadRows(int channel, int firstRow, Span<float> rows) => ReadRowsFromRaw(channel, firstRow, rows);

    /// <summary>All pixels, top row first, samples in <see cref="RawFormat"/>.</summary>
    protected abstract NativeBytes Decode();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _pixels?.Dispose();
    }

    private Span<byte> Row(NativeBytes pixels, int channel, int y)
    {
        var bytes = Info.Width * components * RawFormat.BytesPerSample();
        var row = components == 1 ? ((long)channel * Info.Height) + y : y;
        return pixels.Slice(row * bytes, bytes);
    }
}
