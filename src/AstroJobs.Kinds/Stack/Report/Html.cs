using System.Globalization;
using System.Net;
using System.Text;

namespace AstroJobs.Kinds.Stack.Report;

/// <summary>Text and numbers as a page shows them. Nothing reaches a page but through here.</summary>
internal static class Html
{
    public const string Unknown = "–";

    public static string Text(string? text) => WebUtility.HtmlEncode(text) ?? "";

    /// <summary>A dash for what is not known.</summary>
    public static string Number(double? value, string format = "0.##")
    {
        if (value is not { } known || !double.IsFinite(known))
            return Unknown;
        var text = known.ToString(format, CultureInfo.InvariantCulture);
        return text is ['-', .. var digits] && !digits.AsSpan().ContainsAnyInRange('1', '9') ? digits : text;
    }

    /// <summary>With as many digits as tell small numbers apart.</summary>
    public static string Figures(double value) => value.ToString(Math.Abs(value) is > 0 and < 0.001 ? "0.##E0" : "0.####", CultureInfo.InvariantCulture);

    public static string Percent(double? share) => share is { } known ? (known * 100).ToString(known is > 0 and < 0.001 ? "0.0000" : "0.00", CultureInfo.InvariantCulture) + " %" : Unknown;

    public static string Duration(double? seconds)
    {
        if (seconds is not { } known)
            return Unknown;
        var time = TimeSpan.FromSeconds(known);
        return time.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{known:0.##} s")
            : time.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min");
    }

    public static string Bytes(long? bytes) => bytes is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known / 1048576.0:0} MiB") : Unknown;

    public static string DataUri(string mediaType, byte[] bytes) => $"data:{mediaType};base64,{Convert.ToBase64String(bytes)}";

    public static string Section(string title, string content) => $"<section>{(title.Length > 0 ? $"<h2>{Text(title)}</h2>" : "")}{content}</section>";

    /// <param name="facts">Names as text, values as HTML.</param>
    public static string Facts(IEnumerable<(string Name, string Value)> facts) =>
        $"<dl class=\"facts\">{string.Concat(facts.Select(static fact => $"<div><dt>{Text(fact.Name)}</dt><dd>{fact.Value}</dd></div>"))}</dl>";

    /// <param name="head">Its cells.</param>
    public static string Table(string head, IEnumerable<string> rows) => $"<div class=\"scroll\"><table><thead><tr>{head}</tr></thead><tbody>{string.Concat(rows)}</tbody></table></div>";

    public static string Cell(string html) => $"<td>{html}</td>";

    /// <summary><c>AdditiveScaling</c> as <c>additive scaling</c>.</summary>
    public static string Word<TChoice>(TChoice choice)
        where TChoice : struct, Enum
    {
        var word = new StringBuilder();
        foreach (var letter in choice.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && word.Length > 0)
                word.Append(' ');
            word.Append(char.ToLowerInvariant(letter));
        }
        return Text(word.ToString());
    }
}
