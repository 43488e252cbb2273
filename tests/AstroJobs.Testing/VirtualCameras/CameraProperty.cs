using System.Buffers.Binary;

namespace AstroJobs.Testing.VirtualCameras;

/// <summary>Something that can be set on the virtual camera.</summary>
/// <param name="size">Bytes of a value: 1, 2 or 4.</param>
/// <param name="choices">The values it takes; empty for one that can only be read.</param>
internal sealed class CameraProperty(ushort code, int size, uint value, params uint[] choices)
{
    private const byte Enumeration = 2;

    public ushort Code => code;

    public uint Value { get; private set; } = value;

    public byte[] Describe()
    {
        var dataset = new DatasetWriter().Short(code).Short(TypeCode).Byte((byte)(choices.Length > 0 ? 1 : 0)).Number(Value, size).Number(Value, size);
        if (choices.Length == 0)
            return dataset.Byte(0).ToArray();
        dataset.Byte(Enumeration).Short((ushort)choices.Length);
        foreach (var choice in choices)
            dataset.Number(choice, size);
        return dataset.ToArray();
    }

    public byte[] Read() => new DatasetWriter().Number(Value, size).ToArray();

    public bool TrySet(byte[] bytes)
    {
        if (bytes.Length < size)
            return false;
        var value = size switch { 1 => bytes[0], 2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes), _ => BinaryPrimitives.ReadUInt32LittleEndian(bytes) };
        if (!choices.Contains(value))
            return false;
        Value = value;
        return true;
    }

    private ushort TypeCode => size switch { 1 => 0x0002, 2 => 0x0004, _ => 0x0006 };
}
