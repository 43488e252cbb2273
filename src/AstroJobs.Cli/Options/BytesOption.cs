using System.CommandLine;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Options;

/// <summary>An amount of memory or disk, as <see cref="ByteAmount"/> reads it.</summary>
internal static class BytesOption
{
    public static Option<long?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "BYTES",
        CustomParser = static result =>
        {
            if (ByteAmount.TryParse(result.Tokens[0].Value) is { } bytes)
                return bytes;
            result.AddError($"'{result.Tokens[0].Value}' is not an amount such as 256M or 1.5G.");
            return null;
        },
    };
}
