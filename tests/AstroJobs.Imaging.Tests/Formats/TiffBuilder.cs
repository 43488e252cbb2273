using System.Buffers.Binary;
using System.IO.Compression;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>A TIFF put together by hand, from the TIFF 6.0 specification: either byte order, strips or tiles, packed by deflate or not.</summary>
internal sealed class TiffBuilder(bool bigEndian)
{
    public const ushort Short = 3;
    public const ushort Long = 4;
    private readonly SortedDictionary<ushort, (ushort Type, uint[] Values)> _tags = [];
    private readonly List<byte[]> _blocks = [];

    public bool IsTiled { get; init; }

    public bool IsDeflated { get; init; }

    public TiffBuilder Tag(ushort tag, ushort type, params uint[] values)
    {
        _tags[tag] = (type, values);
        return this;
    }

    /// <summary>Adds a strip or tile of <paramref name="size"/>-byte numbers, given as bit patterns.</summary>
    public TiffBuilder Block(int size, params ulong[] numbers)
    {
        var bytes = new byte[numbers.Length * size];
        for (var i = 0; i < numbers.Length; i++)
            Put(bytes.AsSpan(i * size, size), numbers[i]);
        _blocks.Add(IsDeflated ? Deflate(bytes) : bytes);
        return this;
    }

    public byte[] Build()
    {
        var offset = 8u;
        List<uint> offsets = [];
        foreach (var block in _blocks)
        {
            offsets.Add(offset);
            offset += (uint)((block.Length + 1) & ~1);
        }
        Tag(259, Short, IsDeflated ? 8u : 1u);
        Tag((ushort)(IsTiled ? 324 : 273), Long, [.. offsets]);
        Tag((ushort)(IsTiled ? 325 : 279), Long, [.. _blocks.Select(block => (uint)block.Length)]);
        var file = new byte[offset + 2 + (12 * _tags.Count) + 4 + _tags.Values.Sum(tag => 4 * tag.Values.Length)];
        (bigEndian ? "MM"u8 : "II"u8).CopyTo(file);
        Put(file.AsSpan(2, 2), 42);
        Put(file.AsSpan(4, 4), offset);
        for (var i = 0; i < _blocks.Count; i++)
            _blocks[i].CopyTo(file, offsets[i]);
        WriteDirectory(file, (int)offset);
        return file;
    }

    private void WriteDirectory(byte[] file, int at)
    {
        var data = at + 2 + (12 * _tags.Count) + 4;
        Put(file.AsSpan(at, 2), (ulong)_tags.Count);
        at += 2;
        foreach (var (tag, (type, values)) in _tags)
        {
            var size = type == Short ? 2 : 4;
            Put(file.AsSpan(at, 2), tag);
            Put(file.AsSpan(at + 2, 2), type);
            Put(file.AsSpan(at + 4, 4), (ulong)values.Length);
            var inline = values.Length * size <= 4;
            if (!inline)
                Put(file.AsSpan(at + 8, 4), (ulong)data);
            for (var i = 0; i < values.Length; i++)
                Put(file.AsSpan((inline ? at + 8 : data) + (i * size), size), values[i]);
            data += inline ? 0 : 4 * values.Length;
            at += 12;
        }
    }

    private void Put(Span<byte> target, ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        if (bigEndian)
            BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        (bigEndian ? bytes[^target.Length..] : bytes[..target.Length]).CopyTo(target);
    }

    private static byte[] Deflate(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(bytes);
        return packed.ToArray();
    }
}
