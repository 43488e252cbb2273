namespace AstroJobs.Kinds.Run;

/// <summary>A program to run as a job.</summary>
public sealed record RunParameters
{
    /// <summary>Its name, looked up in PATH, or its path. Made absolute at submit.</summary>
    public required string Program { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Where it runs; null is the caller's folder.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>What it holds alone while it runs: <c>cpu</c>, <c>camera:NAME</c>, or <c>none</c> to run beside everything.</summary>
    public string Slot { get; init; } = "cpu";
}
