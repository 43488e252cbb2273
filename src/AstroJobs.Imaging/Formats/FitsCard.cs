using System.Globalization;
using System.Text;

namespace AstroJobs.Imaging.Formats;

/// <summary>One 80-character header record. Source: FITS standard 4.0, 4.1 and 4.2.</summary>
internal readonly record struct FitsCard(string Keyword, string Value)
{
    private const int Length = 80;
    private const int KeywordLength = 8;
    private const int ValueOffset = 10;
    private const int CommentaryLength = Length - KeywordLength;

    /// <summary>Null for a blank record. A commentary keyword's value is its text; a string's is without quotes and trailing blanks.</summary>
    public static FitsCard? Parse(string card)
    {
        var keyword = card[..Math.Min(KeywordLength, card.Length)].TrimEnd();
        if (keyword.Length == 0)
            return null;
        if (card.Length < ValueOffset || card[KeywordLength] != '=')
            return new FitsCard(keyword, card[Math.Min(KeywordLength, card.Length)..].TrimEnd());
        var field = card[(KeywordLength + 1)..].TrimStart();
        return new FitsCard(keyword, field.StartsWith('\'') ? Unquote(field) : field.Split('/')[0].Trim());
    }

    /// <summary>A quote in the text is doubled; what does not fit the record is cut.</summary>
    public static string Text(string keyword, string value, string comment)
    {
        const int longest = Length - ValueOffset - 2;
        var quoted = new StringBuilder();
        foreach (var letter in Printable(value))
        {
            var width = letter == '\'' ? 2 : 1;
            if (quoted.Length + width > longest)
                break;
            quoted.Append(letter, width);
        }
        return Finish($"{keyword,-8}= '{quoted.ToString(),-8}'", comment);
    }

    public static string Number(string keyword, double value, string comment)
    {
        var digits = value.ToString("R", CultureInfo.InvariantCulture);
        return Finish($"{keyword,-8}= {(digits.AsSpan().IndexOfAny('.', 'E') < 0 ? digits + "." : digits),20}", comment);
    }

    public static string Number(string keyword, int value, string comment) =>
        Finish(string.Create(CultureInfo.InvariantCulture, $"{keyword,-8}= {value,20}"), comment);

    public static string Truth(string keyword, bool value, string comment) => Finish($"{keyword,-8}= {(value ? "T" : "F"),20}", comment);

    /// <summary>HISTORY or COMMENT, as many records as the text needs.</summary>
    public static IEnumerable<string> Commentary(string keyword, string text) =>
        Printable(text).Chunk(CommentaryLength).Select(part => $"{keyword,-8}{new string(part)}");

    private static string Unquote(string field)
    {
        var text = new StringBuilder();
        for (var i = 1; i < field.Length; i++)
        {
            if (field[i] == '\'' && (i + 1 >= field.Length || field[++i] != '\''))
                break;
            text.Append(field[i]);
        }
        return text.ToString().TrimEnd();
    }

    // A header holds printable ASCII only (4.1.2); filters are named Hα and Hβ.
    private static string Printable(string text) => string.Concat(text.Select(letter => letter switch
    {
        >= ' ' and <= '~' => letter,
        'α' => 'a',
        'β' => 'b',
        'µ' or 'μ' => 'u',
        _ => '?',
    }));

    private static string Finish(string card, string comment)
    {
        if (comment.Length == 0)
            return card;
        var whole = $"{card,-30} / {comment}";
        return whole.Length <= Length ? whole : card.Length + 3 < Length ? whole[..Length] : card;
    }
}
