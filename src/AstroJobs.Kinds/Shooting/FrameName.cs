using System.Globalization;
using System.Text;
using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Shooting;

/// <summary>
/// File names by a template: <c>{name}</c> the prefix, <c>{index}</c> the number from 1 (<c>{index:0000}</c> with zeros), <c>{time}</c> UTC as
/// 20261121T220000Z, <c>{date}</c>, <c>{type}</c>, <c>{iso}</c>, <c>{exposure}</c> in seconds, <c>{ext}</c> the file's ending, which comes last.
/// </summary>
public sealed class FrameName
{
    public const string Default = "{name}-{index:0000}{ext}";

    private const string Ending = "{ext}";
    private const int LongestName = 200; // a file name has 255 bytes

    private readonly List<(string? Text, string? Field, string Format)> _parts = [];

    private FrameName(string template)
    {
        for (var at = 0; at < template.Length;)
        {
            var open = template.IndexOf('{', at);
            var end = open < 0 ? template.Length : open;
            if (end > at)
                _parts.Add((template[at..end], null, ""));
            if (open < 0)
                break;
            var close = template.IndexOf('}', open);
            if (close < 0)
                throw Wrong(template, "a { has no }");
            var field = template[(open + 1)..close].Split(':', 2);
            _parts.Add((null, field[0], field.Length > 1 ? field[1] : ""));
            at = close + 1;
        }
    }

    /// <exception cref="JobException"><c>bad_input</c>: an unknown field, no number, or letters that do not belong into a file name.</exception>
    public static FrameName Parse(string template)
    {
        if (!template.EndsWith(Ending, StringComparison.Ordinal))
            template += Ending;
        var name = new FrameName(template[..^Ending.Length]);
        foreach (var (text, field, format) in name._parts)
        {
            if (text?.Any(static letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '-' or '_' or '+')) == true)
                throw Wrong(template, "outside the braces stand letters, digits, dots, dashes, underscores and plus signs alone");
            if (field is not null && (field is not ("name" or "index" or "time" or "date" or "type" or "iso" or "exposure") || format.Any(static letter => letter != '0') || (format.Length > 0 && field != "index")))
                throw Wrong(template, $"there is no field {{{field}{(format.Length > 0 ? ":" + format : "")}}}");
        }
        if (!name._parts.Exists(static part => part.Field == "index"))
            throw Wrong(template, "frames would have the same name: it needs {index}");
        if (name._parts[0].Text?.StartsWith('.') == true)
            throw Wrong(template, "it begins with a dot");
        return name;
    }

    /// <summary>The name without its ending.</summary>
    public string Of(ShootingParameters parameters, int number, DateTimeOffset time)
    {
        var name = new StringBuilder();
        foreach (var (text, field, format) in _parts)
            name.Append(text ?? Value(field!, format, parameters, number, time));
        return name.Length <= LongestName ? name.ToString() : name.ToString(0, LongestName);
    }

    private static string Value(string field, string format, ShootingParameters parameters, int number, DateTimeOffset time) => field switch
    {
        "name" => parameters.Prefix,
        "index" => number.ToString(format.Length > 0 ? format : "0", CultureInfo.InvariantCulture),
        "time" => time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
        "date" => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "type" => parameters.Type.ToString().ToLowerInvariant(),
        "iso" => parameters.Iso?.ToString(CultureInfo.InvariantCulture) ?? "auto",
        _ => (parameters.Bulb ?? parameters.Exposure)?.TotalSeconds.ToString(CultureInfo.InvariantCulture) ?? parameters.Shutter?.Replace('/', '_') ?? "auto",
    };

    private static JobException Wrong(string template, string why) => new(
        ErrorCode.BadInput, $"Files cannot be named '{template}': {why}.", "An example: {name}-{index:0000}{ext}; there are also {time} {date} {type} {iso} {exposure}.");
}
