using System.Security.Cryptography;
using System.Text;
using AstroJobs.Imaging.Formats;

namespace AstroJobs.Imaging.Calibration;

/// <summary>
/// A folder of masters named by what they were made of: the files' paths, lengths and times of change, and what was taken off them.
/// A master that nobody used for a month is deleted.
/// </summary>
internal sealed class MasterCache(string folder)
{
    private const char Recipe = '2'; // to be changed with the way in which masters are made
    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    /// <param name="within">Key of the master that was taken off, or other numbers that went in.</param>
    public static string KeyOf(MasterKind kind, IEnumerable<string> paths, string within)
    {
        var text = new StringBuilder().Append(Recipe).Append('\n').Append(kind).Append('\n').Append(within).Append('\n');
        foreach (var path in paths)
            text.Append(InputFile.Identity(path)).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..24];
    }

    public string PathOf(MasterKind kind, string key) => Path.Combine(folder, $"{kind.ToString().ToLowerInvariant()}-{key}.fits");

    /// <summary>Marks a master as used; makes the folder, and room in it.</summary>
    /// <returns>Whether it is there.</returns>
    public bool TryUse(string path, DateTime utcNow)
    {
        Directory.CreateDirectory(folder);
        foreach (var old in Directory.EnumerateFiles(folder, "*.fits").Where(old => old != path && File.GetLastWriteTimeUtc(old) < utcNow - Keep).ToArray())
            File.Delete(old);
        if (!File.Exists(path))
            return false;
        File.SetLastWriteTimeUtc(path, utcNow);
        return true;
    }
}
