using System.Globalization;
using AstroJobs.Jobs.Executors;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs;

/// <summary>What the surroundings say: variables, folders and the program itself. Read once, in <c>Program</c>.</summary>
public sealed record AstroJobsEnvironment
{
    private const long DefaultLogMaxBytes = 64L << 20;
    private const long LeastLogMaxBytes = 256L << 10; // several times the head that is always kept

    private static readonly TimeSpan DefaultOnFinishPatience = TimeSpan.FromMinutes(1);

    /// <summary>The store: JOBS_DIR, else /srv/astro_jobs where it exists and can be written, else $XDG_DATA_HOME/astrojobs.</summary>
    public required string JobsFolder { get; init; }

    /// <summary>The program and its leading arguments that start this astrojobs again.</summary>
    public required IReadOnlyList<string> Self { get; init; }

    /// <summary>How many jobs of the slot <c>cpu</c> run at once: ASTROJOBS_CPU_SLOTS, at least 1.</summary>
    public int CpuSlots { get; init; } = 1;

    /// <summary>About how long a task.log may grow before its middle is left out: ASTROJOBS_LOG_MAX, at least 256 KiB.</summary>
    public long LogMaxBytes { get; init; } = DefaultLogMaxBytes;

    /// <summary>How workers are taken out of their callers' lives: ASTROJOBS_DETACH, <c>scope</c> or nothing.</summary>
    public Detachment Detachment { get; init; }

    /// <summary>How long a program of <c>--on-finish</c> may take: ASTROJOBS_ON_FINISH_TIMEOUT in seconds, 60 by default.</summary>
    public TimeSpan OnFinishPatience { get; init; } = DefaultOnFinishPatience;

    /// <summary>Relative paths are meant from here.</summary>
    public required string CallerFolder { get; init; }

    public static AstroJobsEnvironment Read(Func<string, string?> variable, string? jobsFolder = null) => new()
    {
        JobsFolder = FindJobsFolder(variable, jobsFolder),
        Self = FindSelf(),
        CpuSlots = int.TryParse(variable("ASTROJOBS_CPU_SLOTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var slots) ? Math.Max(1, slots) : 1,
        LogMaxBytes = Math.Max(LeastLogMaxBytes, ByteAmount.TryParse(variable("ASTROJOBS_LOG_MAX")) ?? DefaultLogMaxBytes),
        Detachment = variable("ASTROJOBS_DETACH") == "scope" ? Detachment.Scope : Detachment.Session,
        OnFinishPatience = int.TryParse(variable("ASTROJOBS_ON_FINISH_TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : DefaultOnFinishPatience,
        CallerFolder = Directory.GetCurrentDirectory(),
    };

    /// <inheritdoc cref="JobsFolder"/>
    public static string FindJobsFolder(Func<string, string?> variable, string? jobsFolder = null) =>
        Path.GetFullPath(jobsFolder ?? NonEmpty(variable("JOBS_DIR")) ?? DefaultFolder(variable));

    private static string DefaultFolder(Func<string, string?> variable)
    {
        const string shared = "/srv/astro_jobs";
        if (Directory.Exists(shared) && FolderAccess.CanWrite(shared))
            return shared;
        var data = NonEmpty(variable("XDG_DATA_HOME")) ?? Path.Combine(NonEmpty(variable("HOME")) ?? Path.GetTempPath(), ".local", "share");
        return Path.Combine(data, "astrojobs");
    }

    private static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>A single-file program starts itself; under <c>dotnet astrojobs.dll</c> the host needs the assembly's path as well.</summary>
    private static IReadOnlyList<string> FindSelf()
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        return Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, Path.Combine(AppContext.BaseDirectory, "astrojobs.dll")] : [program];
    }
}
