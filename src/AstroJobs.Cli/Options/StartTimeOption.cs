using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace AstroJobs.Cli.Options;

/// <summary>A point in time to come: a time (local unless it says otherwise), a time of day (the next such time here), or a duration from now.</summary>
internal sealed record StartTimeOption(Func<DateTimeOffset, TimeZoneInfo, DateTimeOffset> After)
{
    public static Option<StartTimeOption?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME|DURATION",
        CustomParser = Parse,
    };

    public DateTimeOffset From(TimeProvider time) => After(time.GetUtcNow(), time.LocalTimeZone);

    /// <summary>Null when the text is none of the three.</summary>
    public static StartTimeOption? TryParse(string text)
    {
        if (DurationOption.TryParse(text) is { } duration)
            return new StartTimeOption((now, _) => duration < DateTimeOffset.MaxValue - now ? now + duration : DateTimeOffset.MaxValue);
        if (TimeOnly.TryParseExact(text, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var timeOfDay))
            return new StartTimeOption((now, zone) => Next(timeOfDay, now, zone));
        var isTime = text.Length >= 10 && text[4] == '-' && text[7] == '-';
        if (isTime && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at))
            return new StartTimeOption((_, zone) => at.Kind == DateTimeKind.Unspecified ? In(zone, at) : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));
        return null;
    }

    private static StartTimeOption? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (TryParse(text) is { } time)
            return time;
        result.AddError($"'{text}' is neither a time such as 2026-11-21T22:00, a time of day such as 22:00, nor {DurationOption.Expected}.");
        return null;
    }

    private static DateTimeOffset Next(TimeOnly timeOfDay, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var next = In(zone, today.ToDateTime(timeOfDay));
        return next > now ? next : In(zone, today.AddDays(1).ToDateTime(timeOfDay));
    }

    /// <summary>A time that the spring change leaves out is the same while after the change; of the autumn's two the later one is meant.</summary>
    private static DateTimeOffset In(TimeZoneInfo zone, DateTime local) => new(local, zone.GetUtcOffset(local));
}
