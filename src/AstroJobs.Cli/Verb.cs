using System.CommandLine;

namespace AstroJobs.Cli;

/// <summary>A word of the command line and how its command is built.</summary>
internal sealed record Verb(string Name, Func<IReadOnlyList<string>, Command> Create)
{
    /// <summary>The one verb that stands at this position of the command line; all of them when none does (help, completion, a slip of the pen).</summary>
    public static IReadOnlyList<Verb> Choose(IReadOnlyList<Verb> verbs, IReadOnlyList<string> arguments, int position)
    {
        var word = position < arguments.Count ? arguments[position] : null;
        foreach (var verb in verbs)
            if (verb.Name == word)
                return [verb];
        return verbs;
    }
}
