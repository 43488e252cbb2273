using System.CommandLine;
using System.Globalization;

namespace AstroJobs.Cli.Options;

/// <summary>Two numbers: <c>1.7,0.6</c>.</summary>
internal sealed record PairOption(double First, double Second)
{
    public static Option<PairOption?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "X,Y",
        CustomParser = static result =>
        {
            var text = result.Tokens[0].Value;
            if (text.Split(',') is [var first, var second] && TryNumber(first, out var x) && TryNumber(second, out var y))
                return new PairOption(x, y);
            result.AddError($"'{text}' is not a pair of numbers such as 1.7,0.6.");
            return null;
        },
    };

    private static bool TryNumber(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
