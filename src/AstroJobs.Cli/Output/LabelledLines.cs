namespace AstroJobs.Cli.Output;

/// <summary>Whole lines, each behind a label, out of text that comes in pieces.</summary>
internal sealed class LabelledLines(string label, Action<string> print)
{
    /// <summary>A longer line is printed in pieces.</summary>
    private const int MaxLineLength = 1 << 16;

    private string _begun = "";

    /// <param name="piece">An empty one ends a line that has no end of its own.</param>
    public void Print(string piece)
    {
        var lines = (_begun + piece).Split('\n');
        var isWhole = piece.Length > 0 && lines[^1].Length < MaxLineLength;
        _begun = isWhole ? lines[^1] : "";
        var ready = isWhole || lines[^1].Length == 0 ? lines[..^1] : lines;
        if (ready.Length > 0)
            print(string.Concat(ready.Select(line => $"{label}{line}\n")));
    }
}
