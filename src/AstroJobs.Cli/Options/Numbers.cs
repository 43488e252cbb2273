using System.CommandLine;
using System.Globalization;

namespace AstroJobs.Cli.Options;

/// <summary>What counts as a number on the command line.</summary>
internal static class Numbers
{
    /// <summary>Refuses what .NET would read as another number than its writer meant: <c>1,5</c> as fifteen, <c>nan</c>, <c>1e999</c>.</summary>
    public static void AddChecks(Command command)
    {
        foreach (var option in command.Options)
            if (Of(option) == typeof(double))
                option.Validators.Add(result =>
                {
                    if (result.Tokens is [{ Value: var word }] && Refusal(option, word) is { } refusal)
                        result.AddError(refusal);
                });
    }

    /// <returns>What is wrong with the value of an option that takes a number; null when nothing is.</returns>
    public static string? Refusal(Option option, string word)
    {
        var number = Of(option);
        if (number == typeof(double) && !IsPlain(word))
            return $"{option.Name} takes a number such as 1.5, not '{word}'.";
        if (number == typeof(int) && !int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) || number == typeof(long) && !long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            return $"{option.Name} takes a whole number (of up to {(number == typeof(int) ? "nine" : "18")} digits), not '{word}'.";
        return null;
    }

    private static Type Of(Option option) => Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;

    private static bool IsPlain(string word) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
}
