namespace AstroJobs.Jobs.Processes;

/// <summary>Finds programs as a shell does: a name with a slash is a path, any other is looked up in PATH.</summary>
public static class ProgramPath
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The full path, or null when there is no such program.</summary>
    public static string? Find(string program, string callerFolder)
    {
        if (program.Length == 0)
            return null;
        if (program.Contains('/', StringComparison.Ordinal))
            return IsExecutable(Path.GetFullPath(program, callerFolder)) ? Path.GetFullPath(program, callerFolder) : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin").Split(':', StringSplitOptions.RemoveEmptyEntries);
        foreach (var folder in folders)
        {
            var path = Path.GetFullPath(program, Path.GetFullPath(folder, callerFolder));
            if (IsExecutable(path))
                return path;
        }
        return null;
    }

    private static bool IsExecutable(string path) => File.Exists(path) && (File.GetUnixFileMode(path) & AnyExecute) != 0;
}
