using System.CommandLine;
using System.Text.Json;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Commands.Submit.Batch;

/// <summary>
/// One request as the argument list of <c>submit KIND</c>: a member is an option of that name in kebab-case, or the positional argument of that name.
/// A list repeats it, <c>true</c> is a switch, <c>false</c> and <c>null</c> leave it out, an object is a list of KEY=VALUE.
/// </summary>
internal static class BatchRequest
{
    private const string Kind = "kind";
    private const string Key = "key";

    /// <summary>What an option that takes a job's id calls its value.</summary>
    private const string JobIdName = "ID";

    public static Command KindOf(JsonElement request, Command kinds)
    {
        if (request.ValueKind != JsonValueKind.Object)
            throw Bad("A request is a JSON object.");
        var name = request.TryGetProperty(Kind, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return kinds.Subcommands.FirstOrDefault(command => command.Name == name)
            ?? throw Bad(name is null ? "The request names no kind." : $"There is no kind '{name}'.", $"kind is one of {string.Join(", ", kinds.Subcommands.Select(static command => command.Name))}.");
    }

    public static string? KeyOf(JsonElement request) => request.TryGetProperty(Key, out var key) && key.ValueKind == JsonValueKind.String ? key.GetString() : null;

    public static IReadOnlyList<string> ToArguments(JsonElement request, Command kind, EarlierJobs earlier)
    {
        List<string> arguments = [kind.Name], positional = ["--"];
        foreach (var member in request.EnumerateObject())
        {
            if (member.Name == Kind)
                continue;
            if (FindOption(kind, member.Name) is { } option)
                arguments.AddRange(Words(member).SelectMany(word => OptionWords(option, word, earlier)));
            else if (kind.Arguments.Any(argument => string.Equals(argument.Name.Split(' ')[0], member.Name, StringComparison.OrdinalIgnoreCase)))
                positional.AddRange(Words(member).Select(static word => word ?? "true"));
            else
                throw Bad($"'{member.Name}' is nothing that {kind.Name} takes.", $"The members are the options of `astrojobs submit {kind.Name} --help` in snake_case, all but wait.");
        }
        return positional.Count > 1 ? [.. arguments, .. positional] : arguments;
    }

    private static Option? FindOption(Command kind, string member)
    {
        var name = "--" + member.Replace('_', '-');
        return name == "--wait" || member.Contains('-', StringComparison.Ordinal) ? null : kind.Options.FirstOrDefault(option => option.Name == name);
    }

    /// <param name="word">Null for a switch.</param>
    private static string[] OptionWords(Option option, string? word, EarlierJobs earlier)
    {
        if (word is null)
            return [option.Name];
        var value = option.HelpName == JobIdName ? earlier.Resolve(word) : word;
        return value.Length == 0 ? [option.Name, ""] : [$"{option.Name}={value}"]; // joined: a value may look like an option
    }

    private static IReadOnlyList<string?> Words(JsonProperty member) => member.Value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => [],
        JsonValueKind.True => [null],
        JsonValueKind.Array => [.. member.Value.EnumerateArray().Select(value => Word(member.Name, value))],
        JsonValueKind.Object => [.. member.Value.EnumerateObject().Select(pair => $"{pair.Name}={Word(member.Name, pair.Value)}")],
        _ => [Word(member.Name, member.Value)],
    };

    private static string Word(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => throw Bad($"'{name}' takes texts and numbers."),
    };

    private static JobException Bad(string message, string? hint = null) => new(ErrorCode.BadInput, message, hint);
}
