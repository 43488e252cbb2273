namespace AstroJobs.Jobs.Processes;

/// <summary>What a program answered.</summary>
/// <param name="ExitCode">128 + n when it died of signal n.</param>
/// <param name="Output">Its stdout, or the last 4 MiB of it (then <paramref name="OutputComplete"/> is false).</param>
/// <param name="ErrorTail">The last 8 KiB of its stderr.</param>
public sealed record ToolResult(int ExitCode, string Output, bool OutputComplete, string ErrorTail);
