using System.Runtime.InteropServices;

namespace AstroJobs.Imaging.Formats;

/// <summary>A writer of a format that is encoded as a whole at <see cref="Commit"/>: it holds the pixels in the file's own depth until then.</summary>
internal abstract class HeldWriter : FrameWriter
{
    private readonly OutputFile _file;
    private readonly NativeBytes _pixels;

    /// <param name="bytesPerSample">1 or 2.</param>
    protected HeldWriter(string path, FrameInfo info, int bytesPerSample) : base(info)
    {
        _file = new OutputFile(path);
        BytesPerSample = bytesPerSample;
        _pixels = new NativeBytes(info.PixelCount * info.Channels * bytesPerSample);
    }

    protected int BytesPerSample { get; }

    protected int RowBytes => Info.Width * Info.Channels * BytesPerSample;

    public sealed override void WriteRows(int channel, int firstRow, ReadOnlySpan<float> rows)
    {
        var count = Info.CountRows(channel, firstRow, rows.Length);
        var samples = new byte[Info.Width * BytesPerSample];
        for (var row = 0; row < count; row++)
        {
            var source = rows.Slice(row * Info.Width, Info.Width);
            if (BytesPerSample == 1)
                Samples.ToUInt8(source, samples);
            else
                Samples.ToUInt16(source, MemoryMarshal.Cast<byte, ushort>(samples.AsSpan()));
            Interleaving.Insert(samples, channel, Info.Channels, BytesPerSample, _pixels.Slice((long)(firstRow + row) * RowBytes, RowBytes));
        }
    }

    public sealed override void Commit()
    {
        Encode(_pixels, _file);
        _file.Commit();
    }

    /// <summary>Encodes the pixels, sample beside sample, and writes them to the temporary file.</summary>
    protected abstract void Encode(NativeBytes pixels, OutputFile file);

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _pixels.Dispose();
        _file.Dispose();
    }
}
