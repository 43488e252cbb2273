using System.Globalization;

namespace AstroJobs.Kinds.Cameras.Gphoto2;

/// <summary>One of the camera's settings as <c>gphoto2 --get-config</c> tells it.</summary>
internal sealed record Gphoto2Setting(string Key, string Value, IReadOnlyList<string> Choices, bool IsReadOnly)
{
    private const string ChoiceLabel = "Choice: ";

    /// <summary>How far two numbers may be apart that mean the same: cameras write 1/3 s as 0.3333s.</summary>
    private const double Tolerance = 0.01;

    /// <param name="block">Lines such as <c>Current: 400</c> and <c>Choice: 3 800</c>, up to END.</param>
    public static Gphoto2Setting Parse(string key, IEnumerable<string> block)
    {
        var (value, isReadOnly, choices) = ("", false, new List<string>());
        foreach (var line in block)
        {
            if (line.StartsWith("Current: ", StringComparison.Ordinal))
                value = line["Current: ".Length..];
            else if (line == "Readonly: 1")
                isReadOnly = true;
            else if (line.StartsWith(ChoiceLabel, StringComparison.Ordinal) && line.IndexOf(' ', ChoiceLabel.Length) is > 0 and var space)
                choices.Add(line[(space + 1)..]);
        }
        return new Gphoto2Setting(key, value, choices, isReadOnly);
    }

    /// <summary>The camera's own way to write this; null when it does not offer it. A setting without choices takes anything.</summary>
    public string? Choose(string wanted)
    {
        if (Choices.Count == 0)
            return wanted;
        return Choices.FirstOrDefault(choice => choice == wanted)
            ?? Choices.FirstOrDefault(choice => choice.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? (TryNumber(wanted) is { } number ? Choices.FirstOrDefault(choice => TryNumber(choice) is { } other && Math.Abs(other - number) <= Tolerance * Math.Abs(number)) : null);
    }

    /// <summary>An exposure time, aperture or sensitivity as cameras write it: 30, 0.5000s, 1/250, 13/10, f/4; null for words such as Bulb.</summary>
    public static double? TryNumber(string text)
    {
        var bare = text.Trim();
        bare = bare.StartsWith("f/", StringComparison.OrdinalIgnoreCase) ? bare[2..] : bare;
        bare = bare.EndsWith('s') ? bare[..^1] : bare;
        var parts = bare.Split('/');
        if (parts.Length > 2 || !double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return null;
        if (parts.Length == 1)
            return number;
        return double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var divisor) && divisor > 0 ? number / divisor : null;
    }
}
