using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AstroJobs.Cli.Options;

/// <summary>Durations as people write them: <c>30</c> (seconds), <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>1h30m</c>, <c>14d</c>, <c>0.5s</c>, <c>00:05:00</c>.</summary>
internal static partial class DurationOption
{
    public const string Expected = "a duration such as 30, 30s, 5m, 1h30m, 14d or 00:05:00";

    public static Option<TimeSpan?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        CustomParser = Parse,
    };

    /// <summary>Null when the text is no duration.</summary>
    public static TimeSpan? TryParse(string text)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return FromSeconds(seconds);
        if (Clock().Match(text) is { Success: true } clock)
            return FromSeconds((Number(clock, 1) * 3600) + (Number(clock, 2) * 60) + Number(clock, 3));
        if (text.Length == 0 || Parts().Match(text) is not { Success: true } parts)
            return null;
        return FromSeconds((Number(parts, "d") * 86400) + (Number(parts, "h") * 3600) + (Number(parts, "m") * 60) + Number(parts, "s") + (Number(parts, "ms") / 1000));
    }

    private static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (TryParse(text) is { } duration)
            return duration;
        result.AddError($"'{text}' is not {Expected}.");
        return null;
    }

    /// <summary>Null beyond what a TimeSpan holds (29 000 years).</summary>
    private static TimeSpan? FromSeconds(double seconds) => seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static double Number(Match match, string group) =>
        match.Groups[group].Success ? double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(\d+):([0-5]?\d):([0-5]?\d(?:\.\d+)?)$")]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(?:(?<d>\d+(?:\.\d+)?)d)?(?:(?<h>\d+(?:\.\d+)?)h)?(?:(?<m>\d+(?:\.\d+)?)m(?!s))?(?:(?<s>\d+(?:\.\d+)?)s)?(?:(?<ms>\d+(?:\.\d+)?)ms)?$")]
    private static partial Regex Parts();
}
