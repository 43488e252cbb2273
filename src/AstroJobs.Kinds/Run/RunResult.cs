namespace AstroJobs.Kinds.Run;

/// <summary>output/run.json, and result.json when the program did not print a JSON document of its own.</summary>
public sealed record RunResult(bool Ok, string Program, IReadOnlyList<string> Arguments, int ExitCode, double Seconds);
