using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace AstroJobs.Cli.Options;

/// <summary>A point in time: a date or time (UTC unless it says otherwise), or a duration back from now.</summary>
internal sealed record SinceOption(DateTimeOffset? At, TimeSpan? Ago)
{
    public static Option<SinceOption?> Create() => new("--since")
    {
        Description = "Only jobs from this time on: 2026-11-21, 2026-11-21T22:00Z, or a duration back from now such as 12h.",
        HelpName = "TIME",
        CustomParser = Parse,
    };

    public DateTimeOffset From(TimeProvider time) => At ?? time.GetUtcNow() - Ago!.Value;

    private static SinceOption? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DurationOption.TryParse(text) is { } ago)
            return new SinceOption(null, ago);
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return new SinceOption(at, null);
        result.AddError($"'{text}' is neither a time such as 2026-11-21T22:00Z nor {DurationOption.Expected}.");
        return null;
    }
}
