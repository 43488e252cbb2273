namespace AstroJobs.Jobs.Executors;

/// <summary>How the .NET runtime runs a worker: most jobs are over before code that is compiled once more, while they run, has paid for that.</summary>
internal static class WorkerRuntime
{
    private static readonly (string Name, string Value)[] Settings =
    [
        ("DOTNET_TieredCompilation", "0"), // what was compiled ahead stays, the rest is compiled once and well: a fifth of the processor time of a small stack
        ("DOTNET_EnableWriteXorExecute", "0"), // compiled code is mapped once
        ("DOTNET_GCgen0size", "0x200000"), // 2 MiB of garbage between collections, not as much as the third-level cache
    ];

    /// <summary>For its environment, each as <c>NAME=value</c>: those that nobody has set.</summary>
    public static IEnumerable<string> Variables()
    {
        foreach (var (name, value) in Settings)
        {
            if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
                yield return $"{name}={value}";
        }
    }

    /// <summary>What this worker starts is not meant.</summary>
    public static void Forget()
    {
        foreach (var (name, value) in Settings)
        {
            if (Environment.GetEnvironmentVariable(name) == value)
                Environment.SetEnvironmentVariable(name, null);
        }
    }
}
