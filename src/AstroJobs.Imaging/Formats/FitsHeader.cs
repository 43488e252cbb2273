using System.Globalization;
using System.Text;
using AstroJobs.Imaging.Native;

namespace AstroJobs.Imaging.Formats;

/// <summary>The records of a FITS header by keyword; where a keyword stands twice, the last one counts.</summary>
public sealed class FitsHeader
{
    private const int CardLength = 80;

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _history = [];

    public IReadOnlyList<string> History => _history;

    /// <summary>Adds the records of the header that <paramref name="file"/> stands at.</summary>
    /// <returns>CFITSIO's status.</returns>
    internal int Add(FitsHandle file)
    {
        var status = 0;
        Span<byte> card = stackalloc byte[CFitsio.CardLength];
        if (CFitsio.GetCardCount(file, out var count, out _, ref status) != 0)
            return status;
        for (var number = 1; number <= count; number++)
        {
            if (CFitsio.GetCard(file, number, ref card[0], ref status) != 0)
                return status;
            Add(Encoding.ASCII.GetString(card[..card.IndexOf((byte)0)]));
        }
        return status;
    }

    public void Add(string card)
    {
        if (FitsCard.Parse(card) is not { } parsed)
            return;
        if (parsed.Keyword == "HISTORY")
            _history.Add(parsed.Value);
        else
            _values[parsed.Keyword] = parsed.Value;
    }

    /// <summary>The primary header of a file, whatever follows it: the .wcs files of plate solvers have nothing else, and some not even the blocks of the standard.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FitsHeader ReadFile(string path)
    {
        var header = new FitsHeader();
        using var file = File.OpenRead(path);
        var record = new byte[CardLength];
        while (file.ReadAtLeast(record, CardLength, throwOnEndOfStream: false) == CardLength)
        {
            var card = Encoding.ASCII.GetString(record);
            if (card.TrimEnd() == "END")
                break;
            header.Add(card);
        }
        return header;
    }

    public bool Has(string keyword) => _values.ContainsKey(keyword);

    /// <summary>The first of the keywords that says something; null where none does. "Unknown" is what drivers write for want of an answer.</summary>
    public string? Text(params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (_values.TryGetValue(keyword, out var text) && text.Trim() is { Length: > 0 } trimmed && !trimmed.Equals("unknown", StringComparison.OrdinalIgnoreCase))
                return trimmed;
        }
        return null;
    }

    public double? Number(params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            // FORTRAN writes exponents with a D (4.2.4).
            if (_values.TryGetValue(keyword, out var text)
                && double.TryParse(text.Replace('D', 'E'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
                return value;
        }
        return null;
    }

    public double? PositiveNumber(params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (Number(keyword) is > 0 and var value)
                return value;
        }
        return null;
    }
}
