using AstroJobs.Imaging.Stacking.Checkpoints;

namespace AstroJobs.Imaging.Stacking;

/// <summary>A frame decoded once into the scratch file, in its own one, two or four bytes a sample.</summary>
internal sealed class ScratchStore : FrameStore
{
    private readonly ScratchFile _scratch;
    private readonly FrameInfo _info;
    private readonly SampleFormat _format;
    private readonly long _offset;
    private readonly ThreadLocal<byte[]> _buffer = new(() => []);

    public ScratchStore(ScratchFile scratch, FrameInfo info, SampleFormat format)
        : this(scratch, info, new KeptSamples(scratch.Reserve(BytesOf(info, format)), BytesOf(info, format), format))
    {
    }

    /// <summary>What an earlier run decoded.</summary>
    public ScratchStore(ScratchFile scratch, FrameInfo info, KeptSamples kept) =>
        (_scratch, _info, Kept, _format, _offset) = (scratch, info, kept, kept.Format, kept.Offset);

    /// <summary>Its place.</summary>
    public KeptSamples Kept { get; }

    public static long BytesOf(FrameInfo info, SampleFormat format) => info.PixelCount * info.Channels * format.BytesPerSample();

    /// <summary>Copies rows from the reader into the scratch file and hands them on as floats.</summary>
    public void CopyRows(FrameReader reader, int channel, int firstRow, Span<float> rows)
    {
        var raw = Buffer(rows.Length);
        reader.ReadRawRows(channel, firstRow, raw);
        _scratch.Write(OffsetOf(channel, firstRow), raw);
        Samples.ToFloat(_format, raw, rows);
    }

    public override void ReadRows(int channel, int firstRow, Span<float> rows)
    {
        var raw = Buffer(rows.Length);
        _scratch.Read(OffsetOf(channel, firstRow), raw);
        Samples.ToFloat(_format, raw, rows);
    }

    protected override void Dispose(bool disposing) => _buffer.Dispose();

    private long OffsetOf(int channel, int row) => _offset + (((channel * _info.PixelCount) + ((long)row * _info.Width)) * _format.BytesPerSample());

    private Span<byte> Buffer(int samples)
    {
        var bytes = samples * _format.BytesPerSample();
        var buffer = _buffer.Value!;
        if (buffer.Length < bytes)
            _buffer.Value = buffer = GC.AllocateUninitializedArray<byte>(bytes);
        return buffer.AsSpan(0, bytes);
    }
}
