using System.Buffers.Binary;
using System.Text;

namespace AstroJobs.Testing.VirtualCameras;

/// <summary>Writes PTP datasets: little-endian numbers, counted arrays, strings of counted UTF-16 units with their null.</summary>
internal sealed class DatasetWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public DatasetWriter Byte(byte value)
    {
        _bytes.Add(value);
        return this;
    }

    public DatasetWriter Short(ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    public DatasetWriter Int(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    public DatasetWriter Long(ulong value) => Int((uint)value).Int((uint)(value >> 32));

    public DatasetWriter Shorts(params IReadOnlyCollection<ushort> values)
    {
        Int((uint)values.Count);
        foreach (var value in values)
            Short(value);
        return this;
    }

    public DatasetWriter Ints(params IReadOnlyCollection<uint> values)
    {
        Int((uint)values.Count);
        foreach (var value in values)
            Int(value);
        return this;
    }

    public DatasetWriter Text(string text)
    {
        Byte((byte)(text.Length == 0 ? 0 : text.Length + 1));
        if (text.Length > 0)
            _bytes.AddRange(Encoding.Unicode.GetBytes(text + '\0'));
        return this;
    }

    /// <param name="size">Bytes: 1, 2 or 4.</param>
    public DatasetWriter Number(uint value, int size) => size switch { 1 => Byte((byte)value), 2 => Short((ushort)value), _ => Int(value) };
}
