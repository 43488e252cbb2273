using System.Globalization;
using System.Text;

namespace AstroJobs.Kinds.Cameras.Indi;

/// <summary>Adds header cards to a FITS file that lacks them (FITS standard 4.0, §4: cards of 80 characters, blocks of 2880 bytes, END at the end).</summary>
internal static class FitsCards
{
    private const int CardLength = 80;
    private const int BlockLength = 2880;

    /// <summary>A text value; longer ones than a card holds are cut.</summary>
    public static string Text(string text) => $"'{Ascii(text),-8}'";

    public static string Number(double value) => value.ToString("0.0###########", CultureInfo.InvariantCulture).PadLeft(20);

    /// <summary>Cards that are there stay as they are. A file that is not FITS is left alone.</summary>
    public static void Complete(string file, IReadOnlyList<(string Key, string Value)> cards)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        var header = ReadHeader(stream);
        var end = header.FindIndex(static card => card.StartsWith("END     ", StringComparison.Ordinal));
        if (end < 0 || !header[0].StartsWith("SIMPLE", StringComparison.Ordinal))
            return;
        var known = header.Take(end).Select(static card => card[..8].TrimEnd()).ToHashSet();
        var missing = cards.Where(card => !known.Contains(card.Key)).Select(static card => $"{card.Key,-8}= {card.Value}".PadRight(CardLength)[..CardLength]).ToList();
        if (missing.Count == 0)
            return;
        var bytes = Encoding.ASCII.GetBytes(string.Concat([.. header.Take(end), .. missing, "END".PadRight(CardLength)]));
        Write(stream, bytes, headerLength: header.Count * CardLength);
    }

    private static List<string> ReadHeader(FileStream stream)
    {
        var cards = new List<string>();
        var block = new byte[BlockLength];
        while (stream.ReadAtLeast(block, BlockLength, throwOnEndOfStream: false) == BlockLength)
        {
            for (var at = 0; at < BlockLength; at += CardLength)
                cards.Add(Encoding.ASCII.GetString(block, at, CardLength));
            if (cards.Exists(static card => card.StartsWith("END     ", StringComparison.Ordinal)))
                break;
        }
        return cards;
    }

    /// <summary>In place where the header's last block has room, else the data moves on by whole blocks.</summary>
    private static void Write(FileStream stream, byte[] header, int headerLength)
    {
        var padded = (header.Length + BlockLength - 1) / BlockLength * BlockLength;
        if (padded > headerLength)
        {
            stream.Position = headerLength;
            var data = new byte[stream.Length - headerLength];
            stream.ReadExactly(data);
            stream.Position = padded;
            stream.Write(data);
        }
        stream.Position = 0;
        stream.Write(header);
        stream.Write(Encoding.ASCII.GetBytes(new string(' ', Math.Max(padded, headerLength) - header.Length)));
    }

    private static string Ascii(string text) => new([.. text.Where(static letter => letter is >= ' ' and <= '~').Take(60).Select(static letter => letter == '\'' ? ' ' : letter)]);
}
