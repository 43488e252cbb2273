using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;

namespace AstroJobs.Cli.Options;

/// <summary>One word out of a few, in kebab-case, completed by the shell. (System.CommandLine's own enum option takes numbers and no kebab-case.)</summary>
internal static class ChoiceOption
{
    /// <summary>Null when it is not said; the help names <paramref name="fallback"/>.</summary>
    public static Option<TChoice?> Create<TChoice>(string name, string description, TChoice fallback)
        where TChoice : struct, Enum
    {
        var words = Words<TChoice>();
        var option = new Option<TChoice?>(name)
        {
            Description = $"{description} (default: {Word(fallback)}).",
            HelpName = string.Join('|', words),
            CustomParser = static result => Read<TChoice>(result.Tokens[0].Value, result),
        };
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary><c>MedianSigma</c> as <c>median-sigma</c>.</summary>
    public static string Word<TChoice>(TChoice choice)
        where TChoice : struct, Enum
    {
        var word = new StringBuilder();
        foreach (var letter in choice.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && word.Length > 0)
                word.Append('-');
            word.Append(char.ToLowerInvariant(letter));
        }
        return word.ToString();
    }

    // A plain loop is compiled ahead; LINQ over every single enum would be compiled at each start, before a submit can answer.
    private static string[] Words<TChoice>()
        where TChoice : struct, Enum
    {
        var choices = Enum.GetValues<TChoice>();
        var words = new string[choices.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = Word(choices[i]);
        return words;
    }

    private static TChoice Read<TChoice>(string word, ArgumentResult result)
        where TChoice : struct, Enum
    {
        foreach (var choice in Enum.GetValues<TChoice>())
            if (Word(choice) == word)
                return choice;
        result.AddError($"'{word}' is not one of {string.Join(", ", Words<TChoice>())}.");
        return default;
    }
}
