using AstroJobs.Imaging.Native;

namespace AstroJobs.Cli.Checks;

/// <summary>The native image libraries.</summary>
internal static class LibraryCheck
{
    public static IEnumerable<CheckResult> Run() => NativeLibraries.Check().Select(static library => library.Soname is { } soname
        ? new CheckResult(library.Name, true, soname)
        : new CheckResult(library.Name, false, "missing", $"sudo apt-get install {library.Package}"));
}
