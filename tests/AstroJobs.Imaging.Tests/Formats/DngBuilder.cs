using System.Buffers.Binary;
using System.Text;

namespace AstroJobs.Imaging.Tests.Formats;

/// <summary>A mosaic as an uncompressed DNG, put together by hand from Adobe's DNG specification 1.4 and TIFF 6.0, little-endian.</summary>
internal sealed class DngBuilder(int width, int height, Func<int, int, ushort> number)
{
    private const ushort Byte = 1;
    private const ushort Ascii = 2;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const ushort Rational = 5;
    private const ushort SignedRational = 10;

    private const int PixelsAt = 1024; // behind the directory, as cameras write it: of a torn file pixels are missing

    private readonly SortedDictionary<ushort, (ushort Type, int Count, byte[] Value)> _tags = [];

    /// <summary>Colours of one period, 0 red, 1 green, 2 blue, row by row.</summary>
    public byte[] Colours { get; init; } = [0, 1, 1, 2];

    /// <summary>Black of one cell of two by two, row by row.</summary>
    public ushort[] Black { get; init; } = [0, 0, 0, 0];

    public int White { get; init; } = ushort.MaxValue;

    /// <summary>How grey looks on the sensor, red, green and blue; the balance is its inverse.</summary>
    public double[] Neutral { get; init; } = [0.5, 1, 0.8];

    /// <summary>False for a plain mosaic as TIFF/EP has it.</summary>
    public bool IsDng { get; init; } = true;

    public byte[] Build()
    {
        var side = (ushort)Math.Sqrt(Colours.Length);
        Numbers(254, Long, 0);
        Numbers(256, Long, (uint)width);
        Numbers(257, Long, (uint)height);
        Numbers(258, Short, 16);
        Numbers(259, Short, 1);
        Numbers(262, Short, 32803);
        Text(271, "Made");
        Text(272, "Mosaic 1");
        Numbers(273, Long, PixelsAt);
        Numbers(274, Short, 1);
        Numbers(277, Short, 1);
        Numbers(278, Long, (uint)height);
        Numbers(279, Long, (uint)(width * height * 2));
        Numbers(284, Short, 1);
        Numbers(33421, Short, side, side);
        Put(33422, Byte, Colours.Length, Colours);
        Ratios(33434, Rational, 2.5);
        Ratios(37386, Rational, 135);
        if (IsDng)
            AddDng();
        return Lay();
    }

    private void AddDng()
    {
        Put(50706, Byte, 4, [1, 4, 0, 0]);
        Text(50708, "Made Mosaic 1");
        Numbers(50713, Short, 2, 2);
        Numbers(50714, Short, [.. Black.Select(level => (uint)level)]);
        Numbers(50717, Long, (uint)White);
        Ratios(50721, SignedRational, 1, 0, 0, 0, 1, 0, 0, 0, 1);
        Ratios(50728, Rational, Neutral);
        Numbers(50778, Short, 21);
    }

    private byte[] Lay()
    {
        const int directory = 8;
        var data = directory + 2 + (12 * _tags.Count) + 4;
        var file = new byte[PixelsAt + (width * height * 2)];
        "II"u8.CopyTo(file);
        file[2] = 42;
        file[4] = directory;
        for (var i = 0; i < width * height; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(PixelsAt + (2 * i)), number(i % width, i / width));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(directory), (ushort)_tags.Count);
        var at = directory + 2;
        foreach (var (tag, (type, count, value)) in _tags)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), tag);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at + 2), type);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at + 4), count);
            if (value.Length > 4)
                BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at + 8), data);
            value.CopyTo(file, value.Length > 4 ? data : at + 8);
            data += value.Length > 4 ? (value.Length + 1) & ~1 : 0;
            at += 12;
        }
        return file;
    }

    private void Numbers(ushort tag, ushort type, params uint[] values) =>
        Put(tag, type, values.Length, [.. values.SelectMany(value => BitConverter.GetBytes(value)[..(type == Short ? 2 : 4)])]);

    private void Ratios(ushort tag, ushort type, params double[] values) =>
        Put(tag, type, values.Length, [.. values.SelectMany(value => (byte[])[.. BitConverter.GetBytes((int)Math.Round(value * 10000)), .. BitConverter.GetBytes(10000)])]);

    private void Text(ushort tag, string text) => Put(tag, Ascii, text.Length + 1, [.. Encoding.ASCII.GetBytes(text), 0]);

    private void Put(ushort tag, ushort type, int count, byte[] value) => _tags[tag] = (type, count, value);
}
