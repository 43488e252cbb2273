namespace AstroJobs.Cli.Output;

/// <summary>How much text there is room for.</summary>
internal readonly record struct TerminalSize(int Columns, int Rows)
{
    public static TerminalSize Unlimited { get; } = new(int.MaxValue, int.MaxValue);

    /// <summary>The terminal's; 80 by 24 for one that does not say.</summary>
    public static TerminalSize Read() => Console.WindowWidth > 0 && Console.WindowHeight > 0 ? new(Console.WindowWidth, Console.WindowHeight) : new(80, 24);
}
