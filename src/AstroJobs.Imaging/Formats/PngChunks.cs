using System.Buffers;
using System.Buffers.Binary;

namespace AstroJobs.Imaging.Formats;

/// <summary>The chunks of a PNG (length, type, data, CRC): which to keep, and one of our own. Source: PNG specification, third edition, 5.3.</summary>
internal static class PngChunks
{
    public const int SignatureLength = 8;
    private const int Overhead = 12; // length, type and CRC
    private const int TypeOffset = 4;
    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>
    /// Copies the signature and the critical chunks (IHDR PLTE IDAT IEND) to the front of <paramref name="png"/> itself. Without gAMA, sRGB, iCCP and cHRM
    /// libpng has no reason to convert samples, and without tRNS none to blend them: what is stored is what is read.
    /// </summary>
    /// <returns>The length that remains, or null where no chain of chunks leads to IEND.</returns>
    public static int? KeepCritical(Span<byte> png)
    {
        var kept = SignatureLength;
        for (var at = SignatureLength; at + Overhead <= png.Length;)
        {
            var data = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            var type = png.Slice(at + TypeOffset, 4);
            if (data > png.Length - at - Overhead || !IsType(type))
                return null;
            var length = (int)data + Overhead;
            var isEnd = type.SequenceEqual("IEND"u8);
            if ((type[0] & 0x20) == 0) // an upper case first letter says critical
            {
                png.Slice(at, length).CopyTo(png[kept..]);
                kept += length;
            }
            if (isEnd)
                return kept;
            at += length;
        }
        return null;
    }

    /// <summary>Bit depth and colour type of the header chunk, which comes first.</summary>
    public static (int BitDepth, int ColourType) ReadHeader(ReadOnlySpan<byte> png) =>
        png.Length < SignatureLength + Overhead + 13 ? (0, 0) : (png[SignatureLength + 16], png[SignatureLength + 17]);

    public static byte[] Build(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        var chunk = new byte[data.Length + Overhead];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(TypeOffset));
        data.CopyTo(chunk.AsSpan(TypeOffset + 4));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(chunk.AsSpan(TypeOffset, data.Length + 4)));
        return chunk;
    }

    // Four letters; what reads the metadata takes anything else for a bug of its caller.
    private static bool IsType(ReadOnlySpan<byte> type) => !type.ContainsAnyExcept(Letters);

    // CRC-32 of ISO 3309, bit by bit: our own chunks are a few hundred bytes.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }
        return ~crc;
    }
}
