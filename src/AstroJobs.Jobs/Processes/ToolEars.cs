namespace AstroJobs.Jobs.Processes;

/// <summary>Who listens to a running program, on threads of its own, one call after the other for each of its two outputs.</summary>
public sealed record ToolEars
{
    /// <summary>Told every piece of its stdout as it comes.</summary>
    public Action<string>? Output { get; init; }

    /// <summary>Told every line of its stdout.</summary>
    public Action<string>? OutputLine { get; init; }

    /// <summary>Told every line of its stderr.</summary>
    public Action<string>? ErrorLine { get; init; }
}
