namespace AstroJobs.Cli.Output;

/// <summary>Foreign text, made fit for one line of a terminal.</summary>
internal static class OneLine
{
    /// <summary>Nothing in it moves the cursor, sets a colour or begins a new line.</summary>
    public static string Of(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(static character => char.IsControl(character) ? ' ' : character)) : text;
}
