using System.Buffers.Binary;
using System.Text;

namespace AstroJobs.Testing;

/// <summary>A FITS file put together by hand, from the standard: 80-character records, big-endian numbers, blocks of 2880 bytes.</summary>
public static class FitsBuilder
{
    private const int Block = 2880;

    /// <param name="numbers">As stored, in the order of the file.</param>
    public static byte[] Build(int bitpix, int[] axes, double[] numbers, params string[] cards) =>
        Build("SIMPLE  =                    T", bitpix, axes, numbers, cards);

    /// <summary>A further picture, to stand behind a whole file.</summary>
    /// <inheritdoc cref="Build(int, int[], double[], string[])"/>
    public static byte[] BuildExtension(int bitpix, int[] axes, double[] numbers, params string[] cards) =>
        Build("XTENSION= 'IMAGE   '", bitpix, axes, numbers, ["PCOUNT  =                    0", "GCOUNT  =                    1", .. cards]);

    private static byte[] Build(string first, int bitpix, int[] axes, double[] numbers, params string[] cards)
    {
        List<string> header = [first, $"BITPIX  = {bitpix,20}", $"NAXIS   = {axes.Length,20}"];
        header.AddRange(axes.Select((axis, i) => $"{"NAXIS" + (i + 1),-8}= {axis,20}"));
        header.AddRange(cards);
        header.Add("END");
        var text = string.Concat(header.Select(card => card.PadRight(80)));
        var size = Math.Abs(bitpix) / 8;
        var data = new byte[RoundUp(numbers.Length * size)];
        for (var i = 0; i < numbers.Length; i++)
            Write(bitpix, numbers[i], data.AsSpan(i * size));
        return [.. Encoding.ASCII.GetBytes(text.PadRight(RoundUp(text.Length))), .. data];
    }

    private static int RoundUp(int length) => (length + Block - 1) / Block * Block;

    private static void Write(int bitpix, double number, Span<byte> target)
    {
        switch (bitpix)
        {
            case 8:
                target[0] = (byte)number;
                break;
            case 16:
                BinaryPrimitives.WriteInt16BigEndian(target, (short)number);
                break;
            case 32:
                BinaryPrimitives.WriteInt32BigEndian(target, (int)number);
                break;
            case -32:
                BinaryPrimitives.WriteSingleBigEndian(target, (float)number);
                break;
            default:
                BinaryPrimitives.WriteDoubleBigEndian(target, number);
                break;
        }
    }
}
