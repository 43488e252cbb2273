using System.Globalization;

namespace AstroJobs.Kinds.Cameras;

/// <summary>
/// Where a camera's frames come to before they have their names: whole files under numbers, in the order in which they came. gphoto2 downloads into
/// another name and renames; a worker that is killed leaves here what it had not named yet.
/// </summary>
internal sealed class DownloadFolder(string scratchFolder)
{
    private const string Unfinished = "tmpfile"; // gphoto2's name for what is not whole yet

    public string Path { get; } = System.IO.Path.Combine(scratchFolder, "downloads");

    /// <summary>The whole files, the first one first.</summary>
    public IReadOnlyList<string> Files() => !Directory.Exists(Path) ? [] :
    [
        .. Directory.EnumerateFiles(Path)
            .Where(static path => !System.IO.Path.GetFileName(path).StartsWith(Unfinished, StringComparison.Ordinal))
            .OrderBy(NumberOf).ThenBy(static path => path, StringComparer.Ordinal),
    ];

    /// <summary>Empties it: makes it where it is not there.</summary>
    public void Clear()
    {
        Directory.CreateDirectory(Path);
        foreach (var left in Directory.EnumerateFiles(Path).ToList())
            File.Delete(left);
    }

    private static int NumberOf(string path) =>
        int.TryParse(System.IO.Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
