using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace AstroJobs.Imaging.Formats;

/// <summary>Our metadata as EXIF 2.32: a little-endian TIFF structure with one image directory and its Exif directory. Source: CIPA DC-008-2019.</summary>
internal static class ExifBlock
{
    private const ushort Ascii = 2;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const ushort Rational = 5;
    private const ushort Undefined = 7;
    private const int HeaderLength = 8;

    /// <summary>The whole structure, from its byte order mark on: what a JPEG APP1 carries after "Exif\0\0" and a PNG eXIf chunk bears.</summary>
    public static byte[] Build(FrameMetadata metadata)
    {
        List<Field> main = [];
        AddText(main, 0x0110, metadata.Camera);
        AddText(main, 0x0131, metadata.Software);
        main.Add(new Field(0x8769, Long, 1, new byte[4])); // ExifIFD; its offset follows from the length of this directory
        var length = DirectoryLength(main);
        BinaryPrimitives.WriteUInt32LittleEndian(main[^1].Value, (uint)(HeaderLength + length));
        return [0x49, 0x49, 0x2A, 0, HeaderLength, 0, 0, 0, .. Directory(main, HeaderLength), .. BuildExifDirectory(metadata, (uint)(HeaderLength + length))];
    }

    /// <summary>The Exif directory alone, to stand at <paramref name="offset"/> of a little-endian TIFF file.</summary>
    public static byte[] BuildExifDirectory(FrameMetadata metadata, uint offset) => Directory(ExifFields(metadata), offset);

    private static List<Field> ExifFields(FrameMetadata metadata)
    {
        List<Field> fields = [];
        if (metadata.Exposure is { } exposure)
            AddRational(fields, 0x829A, exposure.TotalSeconds);
        AddRational(fields, 0x829D, metadata.FNumber);
        if (metadata.Iso is > 0 and <= ushort.MaxValue)
            fields.Add(new Field(0x8827, Short, 1, BitConverter.GetBytes((ushort)metadata.Iso)));
        fields.Add(new Field(0x9000, Undefined, 4, "0232"u8.ToArray()));
        var date = metadata.DateObs?.ToUniversalTime();
        AddText(fields, 0x9003, date?.ToString("yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture));
        AddText(fields, 0x9011, date is null ? null : "+00:00");
        AddText(fields, 0x9291, date?.ToString("fff", CultureInfo.InvariantCulture));
        AddRational(fields, 0x920A, metadata.FocalLengthMm);
        AddRational(fields, 0xA20E, 10000 / metadata.PixelSizeUm);
        if (metadata.PixelSizeUm is not null)
            fields.Add(new Field(0xA210, Short, 1, [3, 0])); // the resolution above is per centimetre
        AddText(fields, 0xA434, metadata.Telescope);
        fields.Sort((a, b) => a.Tag.CompareTo(b.Tag));
        return fields;
    }

    private static void AddText(List<Field> fields, ushort tag, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        byte[] value = [.. Encoding.UTF8.GetBytes(text), 0];
        fields.Add(new Field(tag, Ascii, (uint)value.Length, value));
    }

    private static void AddRational(List<Field> fields, ushort tag, double? value)
    {
        if (value is not > 0 || !double.IsFinite(value.Value) || value > uint.MaxValue)
            return;
        var (numerator, denominator) = ExifRational.From(value.Value);
        fields.Add(new Field(tag, Rational, 1, [.. BitConverter.GetBytes(numerator), .. BitConverter.GetBytes(denominator)]));
    }

    // A directory: count, 12 bytes a field, offset of the next (none), then the values of more than four bytes, each on an even offset.
    private static int DirectoryLength(List<Field> fields) =>
        2 + (12 * fields.Count) + 4 + fields.Sum(field => field.Value.Length > 4 ? (field.Value.Length + 1) & ~1 : 0);

    private static byte[] Directory(List<Field> fields, uint offset)
    {
        var bytes = new byte[DirectoryLength(fields)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)fields.Count);
        var entry = 2;
        var data = 2 + (12 * fields.Count) + 4;
        foreach (var field in fields)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(entry), field.Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(entry + 2), field.Type);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(entry + 4), field.Count);
            if (field.Value.Length <= 4)
            {
                field.Value.CopyTo(bytes, entry + 8);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(entry + 8), offset + (uint)data);
                field.Value.CopyTo(bytes, data);
                data += (field.Value.Length + 1) & ~1;
            }
            entry += 12;
        }
        return bytes;
    }

    private sealed record Field(ushort Tag, ushort Type, uint Count, byte[] Value);
}
