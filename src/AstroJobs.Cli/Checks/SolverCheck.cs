using AstroJobs.Jobs.Processes;
using AstroJobs.Kinds.Sky.Solving;

namespace AstroJobs.Cli.Checks;

/// <summary>What says where a picture lies: astrometry.net with its index files, ASTAP with a star database. Only extract needs one, so none is a warning.</summary>
internal static class SolverCheck
{
    private const string InstallAstrometry = "sudo apt-get install astrometry.net astrometry-data-tycho2-10-19 (for fields wider than 1°)";
    private const string InstallIndexes = "sudo apt-get install astrometry-data-tycho2-10-19 (for fields wider than 1°; astrometry-data-tycho2-07, -08 and -09 for narrower ones)";

    private static readonly string[] AstapFolders = ["/usr/share/astap/data", "/opt/astap"];

    public static IEnumerable<CheckResult> Run() =>
    [
        Astrometry(HasProgram("astrometry-engine"), HasProgram("solve-field"), IndexScales.ConfiguredFolders()),
        Astap(HasProgram("astap_cli") || HasProgram("astap"), AstapFolders),
    ];

    internal static CheckResult Astrometry(bool hasEngine, bool hasSolveField, IReadOnlyList<string> indexFolders)
    {
        const string name = "astrometry";
        if (!hasEngine)
            return new CheckResult(name, true, "no astrometry.net: extract cannot solve by it", InstallAstrometry);
        var program = hasSolveField ? "astrometry-engine and solve-field" : "astrometry-engine, no solve-field";
        var files = indexFolders.Where(Directory.Exists).Sum(folder => Directory.EnumerateFiles(folder, "*.fits").Count());
        if (files == 0)
            return new CheckResult(name, true, $"{program}, no index files in {(indexFolders.Count == 0 ? "any folder of /etc/astrometry.cfg" : string.Join(", ", indexFolders))}", InstallIndexes);
        return new CheckResult(name, true, $"{program}; index files: {IndexScales.In(indexFolders)?.ToString() ?? $"{files}, some with names that tell no scale"}");
    }

    internal static CheckResult Astap(bool hasProgram, IReadOnlyList<string> databaseFolders)
    {
        const string name = "astap";
        if (!hasProgram)
            return new CheckResult(name, true, "not installed; only --solver astap needs it");
        var databases = databaseFolders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*_0101.*")).Select(path => Path.GetFileName(path).Split('_')[0]).Distinct().Order().ToArray();
        return databases.Length > 0
            ? new CheckResult(name, true, $"with the star database {string.Join(", ", databases)}")
            : new CheckResult(name, true, $"no star database in {string.Join(" or ", databaseFolders)}", "Install one (D50, W08 for wide fields) from ASTAP's own site, or name its folder with --index-dir.");
    }

    private static bool HasProgram(string name) => ProgramPath.Find(name, Environment.CurrentDirectory) is not null;
}
