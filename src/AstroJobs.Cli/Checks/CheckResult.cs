namespace AstroJobs.Cli.Checks;

/// <summary>One thing that doctor looked at.</summary>
/// <param name="Ok">False for what is missing.</param>
/// <param name="Found">What is there.</param>
/// <param name="Mend">The command or the step that mends it; null when nothing is wrong. Where <paramref name="Ok"/> is true, a warning.</param>
internal sealed record CheckResult(string Name, bool Ok, string Found, string? Mend = null);
