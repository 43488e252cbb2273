using System.Globalization;

namespace AstroJobs.Jobs;

/// <summary>An amount of memory or disk as people write it: <c>268435456</c>, <c>256M</c>, <c>1.5G</c> (powers of 1024; <c>MB</c> and <c>MiB</c> mean the same).</summary>
public static class ByteAmount
{
    private const string Units = "KMGT";

    /// <summary>Null when the text is no amount. Without a pattern: every worker reads one.</summary>
    public static long? TryParse(string? text)
    {
        var rest = text.AsSpan();
        if (EndsWith(rest, 'B'))
            rest = EndsWith(rest[..^1], 'I') ? rest[..^2] : rest[..^1];
        var unit = rest.IsEmpty ? -1 : Units.IndexOf(char.ToUpperInvariant(rest[^1]), StringComparison.Ordinal);
        if (unit >= 0)
            rest = rest[..^1];
        if (rest.IsEmpty || !char.IsAsciiDigit(rest[0]) || !char.IsAsciiDigit(rest[^1])
            || !double.TryParse(rest, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return null;
        var bytes = value * (1L << ((unit + 1) * 10));
        return bytes < long.MaxValue ? (long)bytes : null;
    }

    private static bool EndsWith(ReadOnlySpan<char> text, char letter) => !text.IsEmpty && char.ToUpperInvariant(text[^1]) == letter;
}
