using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AstroJobs.Cli.Options;

/// <summary>A width and a height in pixels: <c>1600x1200</c>.</summary>
internal sealed partial record SizeOption(int Width, int Height)
{
    public static Option<SizeOption?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "WxH",
        CustomParser = static result =>
        {
            if (Size().Match(result.Tokens[0].Value) is { Success: true } size)
                return new SizeOption(int.Parse(size.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(size.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
            result.AddError($"'{result.Tokens[0].Value}' is not a size such as 1600x1200.");
            return null;
        },
    };

    [GeneratedRegex(@"^(\d{1,6})x(\d{1,6})$")]
    private static partial Regex Size();
}
