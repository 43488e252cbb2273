using System.CommandLine;
using System.CommandLine.Parsing;
using AstroJobs.Cli.Options;

namespace AstroJobs.Cli;

/// <summary>What is wrong with a command line, in words that say what to change.</summary>
internal static class Misuse
{
    /// <summary>All of it, on one line.</summary>
    public static string Describe(ParseResult parsed)
    {
        var said = Unknown(parsed).ToList();
        // Without its verb a line has other faults that are only the consequence.
        var others = said.Count > 0 && parsed.CommandResult.Command is RootCommand ? [] : parsed.Errors.Where(error => !IsOfUnknown(error, parsed)).Select(Describe);
        return string.Join(' ', said.Concat(others).Distinct());
    }

    /// <summary>The words that led to the command: <c>astrojobs submit stack</c>.</summary>
    public static string CommandName(ParseResult parsed) => string.Join(' ', Commands(parsed.CommandResult).Reverse().Select(static command => command is RootCommand ? "astrojobs" : command.Name));

    /// <summary>Refuses words that look like options where an argument takes any word.</summary>
    public static void RefuseOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(static token => IsOption(token.Value)))
            result.AddError($"{NoOption(token.Value, result)} (A file of that name is './{token.Value}'.)");
    }

    public static string NoOption(string word, SymbolResult place)
    {
        var name = word.Split('=')[0];
        var options = Commands(place).SelectMany((command, depth) => command.Options.Where(option => depth == 0 || option.Recursive)).Where(static option => !option.Hidden);
        return $"There is no option '{name}'{Perhaps(name, options.SelectMany(static option => option.Aliases.Prepend(option.Name)))}";
    }

    private static IEnumerable<string> Unknown(ParseResult parsed)
    {
        var words = parsed.UnmatchedTokens;
        if (words.Any(IsOption)) // the other words are then theirs
            return words.Where(IsOption).Select(word => NoOption(word, parsed.CommandResult));
        var commands = parsed.CommandResult.Command.Subcommands.Where(static command => !command.Hidden).Select(static command => command.Name).ToList();
        if (commands.Count > 0)
            return words.Take(1).Select(word => $"There is no '{CommandName(parsed)} {word}'{Perhaps(word, commands)}");
        return words.Select(static word => $"'{word}' is a word too many.");
    }

    private static string Describe(ParseError error) => error.SymbolResult switch
    {
        CommandResult { Command: RootCommand root } => $"Say what to do: {string.Join(", ", root.Subcommands.Where(static command => !command.Hidden).Select(static command => command.Name))}.",
        OptionResult { Tokens.Count: 0, Option: { HelpName: { } value } option } => $"{option.Name} wants a value: {value}.",
        OptionResult { Tokens: [{ Value: var word }], Option: var option } when Numbers.Refusal(option, word) is { } refusal => refusal,
        _ => error.Message,
    };

    private static bool IsOfUnknown(ParseError error, ParseResult parsed) =>
        error.SymbolResult is CommandResult or null && parsed.UnmatchedTokens.Any(word => error.Message.Contains($"'{word}'", StringComparison.Ordinal));

    private static string Perhaps(string word, IEnumerable<string> known) => Spelling.Nearest(word, known) is { } nearest ? $"; did you mean '{nearest}'?" : ".";

    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-' && !char.IsAsciiDigit(word[1]) && word[1] != '.';

    private static IEnumerable<Command> Commands(SymbolResult? place)
    {
        for (; place is not null; place = place.Parent)
            if (place is CommandResult { Command: var command })
                yield return command;
    }
}
