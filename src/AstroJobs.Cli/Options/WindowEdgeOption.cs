using System.CommandLine;
using System.Globalization;
using AstroJobs.Kinds.Timelapse;

namespace AstroJobs.Cli.Options;

/// <summary>What opens or closes a window each day: <c>22:00</c>, <c>sunset</c>, <c>sunrise</c>, <c>sunset+30m</c>, <c>sunrise-1h</c>.</summary>
internal static class WindowEdgeOption
{
    private const string Sunset = "sunset";
    private const string Sunrise = "sunrise";

    public static Option<WindowEdge?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "HH:MM|sunset|sunrise[±DURATION]",
        CustomParser = static result =>
        {
            var text = result.Tokens[0].Value;
            if (TryParse(text) is { } edge)
                return edge;
            result.AddError($"'{text}' is neither a time of day such as 22:00 nor sunset or sunrise, with or without a duration such as sunset+30m or sunrise-1h.");
            return null;
        },
    };

    /// <summary>Null when the text is none of these.</summary>
    public static WindowEdge? TryParse(string text)
    {
        if (TimeOnly.TryParseExact(text, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var timeOfDay))
            return new WindowEdge { TimeOfDay = timeOfDay };
        var word = text.StartsWith(Sunset, StringComparison.Ordinal) ? Sunset : text.StartsWith(Sunrise, StringComparison.Ordinal) ? Sunrise : null;
        if (word is null)
            return null;
        var rest = text[word.Length..];
        if (rest.Length == 0)
            return WindowEdge.Horizon(word == Sunrise);
        if (rest[0] is not ('+' or '-') || DurationOption.TryParse(rest[1..]) is not { } offset || offset > TimeSpan.FromHours(12))
            return null;
        return WindowEdge.Horizon(word == Sunrise, rest[0] == '-' ? -offset : offset);
    }
}
