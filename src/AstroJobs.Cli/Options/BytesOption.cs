using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AstroJobs.Cli.Options;

/// <summary>An amount of memory or disk: <c>268435456</c>, <c>256M</c>, <c>1.5G</c> (powers of 1024; <c>MB</c> and <c>MiB</c> mean the same).</summary>
internal static partial class BytesOption
{
    public static Option<long?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "BYTES",
        CustomParser = static result =>
        {
            if (TryParse(result.Tokens[0].Value) is { } bytes)
                return bytes;
            result.AddError($"'{result.Tokens[0].Value}' is not an amount such as 256M or 1.5G.");
            return null;
        },
    };

    /// <summary>Null when the text is no amount.</summary>
    public static long? TryParse(string text)
    {
        if (Amount().Match(text) is not { Success: true } match)
            return null;
        var shift = match.Groups[2].Value.ToUpperInvariant() switch { "K" => 10, "M" => 20, "G" => 30, "T" => 40, _ => 0 };
        var bytes = double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * (1L << shift);
        return bytes < long.MaxValue ? (long)bytes : null;
    }

    [GeneratedRegex(@"^(\d+(?:\.\d+)?)([KMGT]?)(?:i?B)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Amount();
}
