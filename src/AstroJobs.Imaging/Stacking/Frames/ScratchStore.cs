using System.Buffers;
using System.Runtime.InteropServices;
using AstroJobs.Imaging.Stacking.Checkpoints;

namespace AstroJobs.Imaging.Stacking.Frames;

/// <summary>A frame decoded once into the scratch file, in one, two or four bytes a sample.</summary>
internal sealed class ScratchStore : FrameStore
{
    private readonly ScratchFile _scratch;
    private readonly FrameInfo _info;
    private readonly ScratchFormat _format;
    private readonly long _offset;

    public ScratchStore(ScratchFile scratch, FrameInfo info, ScratchFormat format)
        : this(scratch, info, new KeptSamples(scratch.Reserve(BytesOf(info, format)), BytesOf(info, format), format))
    {
    }

    /// <summary>What an earlier run decoded.</summary>
    public ScratchStore(ScratchFile scratch, FrameInfo info, KeptSamples kept) =>
        (_scratch, _info, Kept, _format, _offset) = (scratch, info, kept, kept.Format, kept.Offset);

    /// <summary>Its place.</summary>
    public KeptSamples Kept { get; }

    public static long BytesOf(FrameInfo info, ScratchFormat format) => info.PixelCount * info.Channels * format.BytesPerSample();

    /// <summary>Copies rows from the reader into the scratch file and hands them on as floats.</summary>
    public void CopyRows(FrameReader reader, int channel, int firstRow, Span<float> rows)
    {
        var lent = Borrow(rows, out var raw);
        if (_format == ScratchFormat.Root16)
        {
            reader.ReadRows(channel, firstRow, rows);
            RootSamples.FromFloat(rows, MemoryMarshal.Cast<byte, ushort>(raw));
        }
        else
        {
            reader.ReadRawRows(channel, firstRow, raw);
        }
        _scratch.Write(OffsetOf(channel, firstRow), raw);
        Return(lent, raw, rows);
    }

    public override void ReadRows(int channel, int firstRow, Span<float> rows)
    {
        var lent = Borrow(rows, out var raw);
        _scratch.Read(OffsetOf(channel, firstRow), raw);
        Return(lent, raw, rows);
    }

    protected override void Dispose(bool disposing)
    {
    }

    /// <summary>Room for the stored samples of some rows: floats come straight to their place. Lent by all frames together, for a stack may have thousands.</summary>
    private byte[]? Borrow(Span<float> rows, out Span<byte> raw)
    {
        var length = rows.Length * _format.BytesPerSample();
        var lent = _format == ScratchFormat.Float32 ? null : ArrayPool<byte>.Shared.Rent(length);
        raw = lent is null ? MemoryMarshal.AsBytes(rows) : lent.AsSpan(0, length);
        return lent;
    }

    private void Return(byte[]? lent, ReadOnlySpan<byte> raw, Span<float> rows)
    {
        if (lent is null)
            return;
        _format.ToFloat(raw, rows);
        ArrayPool<byte>.Shared.Return(lent);
    }

    private long OffsetOf(int channel, int row) => _offset + (((channel * _info.PixelCount) + ((long)row * _info.Width)) * _format.BytesPerSample());
}
