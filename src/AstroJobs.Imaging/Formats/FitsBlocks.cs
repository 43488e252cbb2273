using System.Text;

namespace AstroJobs.Imaging.Formats;

/// <summary>Headers and tables of FITS files without a picture, written straight: 2880-byte blocks, big-endian. Source: FITS standard 4.0, 3.1, 3.3 and 7.3.</summary>
public static class FitsBlocks
{
    private const int Length = 2880;
    private const int CardLength = 80;

    /// <summary>A file of keywords alone, as plate solvers write their WCS.</summary>
    public static void WriteHeader(string path, IEnumerable<FitsKeyword> keywords) => Write(path, keywords, table: null);

    /// <summary>A file of keywords and one table of 32-bit or 64-bit floats or texts.</summary>
    /// <param name="keywords">Of the primary header.</param>
    public static void WriteTable(string path, IEnumerable<FitsKeyword> keywords, FitsTable table) => Write(path, keywords, table);

    private static void Write(string path, IEnumerable<FitsKeyword> keywords, FitsTable? table)
    {
        using var output = new OutputFile(path);
        byte[] primary = Header(
        [
            FitsCard.Truth("SIMPLE", true, "FITS standard"),
            FitsCard.Number("BITPIX", 8, ""),
            FitsCard.Number("NAXIS", 0, "no picture"),
            FitsCard.Truth("EXTEND", true, ""),
            .. keywords.Select(keyword => keyword.ToCard()),
        ]);
        if (table is null)
            output.Write(primary, [], []);
        else
            output.Write(primary, Header(table.Cards()), Pad(table.Rows(), filler: 0));
        output.Commit();
    }

    private static byte[] Header(IEnumerable<string> cards) =>
        Pad(Encoding.ASCII.GetBytes(string.Concat(cards.Append("END").Select(card => card.PadRight(CardLength)))), filler: (byte)' ');

    private static byte[] Pad(byte[] content, byte filler)
    {
        var padded = new byte[(content.Length + Length - 1) / Length * Length];
        content.CopyTo(padded, 0);
        padded.AsSpan(content.Length).Fill(filler);
        return padded;
    }
}
