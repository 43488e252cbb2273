namespace AstroJobs.Jobs.Processes;

/// <summary>One outside program to run: its name or path and its argument list; nothing passes a shell.</summary>
public sealed record Tool(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Where it runs; null is the job's work folder.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>Set for the program on top of the worker's own environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Written to its stdin, which is at its end after that; null is nothing.</summary>
    public string? Input { get; init; }

    /// <summary>
    /// Writes to its stdin while it runs, in place of <see cref="Input"/>; its stdin ends when this returns. The token is set when the program has
    /// ended, whoever ended it: then nothing more is wanted. A failure other than that is thrown on when the program has ended.
    /// </summary>
    public Func<Stream, CancellationToken, Task>? Feed { get; init; }

    /// <summary>After this the program is stopped and <see cref="JobException"/> <c>timeout</c> is thrown; null is no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long it may take to end after SIGINT, and again after SIGTERM, before SIGKILL.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);
}
