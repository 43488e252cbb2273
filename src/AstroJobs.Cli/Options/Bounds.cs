using System.CommandLine;
using System.Globalization;

namespace AstroJobs.Cli.Options;

/// <summary>Ranges of numeric options, checked while the command line is read.</summary>
internal static class Bounds
{
    public static void AtLeast<TNumber>(Option<TNumber> option, long least) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value < least)
            result.AddError($"{option.Name} takes {least} or more.");
    });

    public static void Between<TNumber>(Option<TNumber> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && (value < least || value > most))
            result.AddError($"{option.Name} takes {least} to {most}.");
    });
}
