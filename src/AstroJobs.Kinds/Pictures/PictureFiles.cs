using System.IO.Enumeration;
using AstroJobs.Imaging.Formats;
using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Pictures;

/// <summary>What files an entry of a caller means: a file, the pictures of a folder, or what a pattern matches.</summary>
internal static class PictureFiles
{
    private static readonly EnumerationOptions Plain = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <param name="entry">As the caller wrote it; relative to <paramref name="folder"/>.</param>
    /// <exception cref="JobException"><c>image_not_found</c>: it means nothing that exists.</exception>
    public static IReadOnlyList<PictureFile> Resolve(string entry, string folder)
    {
        if (entry.Length == 0)
            throw new JobException(ErrorCode.BadInput, "An image has an empty name.", "Give a file, a folder or a pattern.");
        var path = Path.GetFullPath(entry, folder);
        if (File.Exists(path))
            return [new PictureFile(path, Named: true)];
        if (Directory.Exists(path))
        {
            var pictures = In(path);
            return pictures.Count > 0 ? Found(pictures) : throw new JobException(
                ErrorCode.ImageNotFound,
                $"There is no picture in the folder '{path}'.",
                $"Pictures end in {string.Join(' ', ImageFile.ReadableExtensions)}. Its subfolders are not looked into: name them, or use a pattern such as '{path}/*/*.fits'.");
        }
        if (!IsPattern(entry))
            throw new JobException(ErrorCode.ImageNotFound, $"There is no file '{path}'.", path.Contains('\uFFFD') ? "Its name holds bytes that are no UTF-8: rename it." : "Check the name; relative names start from the folder in which the command runs.");
        var matches = Match(path);
        return matches.Count > 0
            ? Found(matches)
            : throw new JobException(ErrorCode.ImageNotFound, $"No file matches '{path}'.", "* stands for any letters of one name, ? for one letter; ~ is not expanded.");
    }

    /// <summary>What an absolute entry means at this moment, which may be nothing.</summary>
    public static IReadOnlyList<PictureFile> Now(string path)
    {
        if (Directory.Exists(path))
            return Found(In(path));
        if (IsPattern(path))
            return Found(Match(path));
        return File.Exists(path) ? [new PictureFile(path, Named: true)] : [];
    }

    /// <summary>The pictures of a folder by their endings, in natural order; hidden files are left alone.</summary>
    public static IReadOnlyList<string> In(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", Plain).Where(path => ImageFile.HasPictureName(path) && Path.GetFileName(path)[0] != '.').Order(NaturalOrder.Comparer)];

    private static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    private static IReadOnlyList<PictureFile> Found(IReadOnlyList<string> paths) => [.. paths.Select(path => new PictureFile(path, Named: false))];

    private static IReadOnlyList<string> Match(string pattern)
    {
        IEnumerable<string> folders = [Path.GetPathRoot(pattern)!];
        var segments = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var segment in segments[..^1])
            folders = folders.SelectMany(folder => Subfolders(folder, segment)).ToArray();
        // A pattern that names no ending means pictures; one that does means what it says.
        var anyEnding = Path.GetExtension(segments[^1]) is "" or ".*";
        return [.. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", Plain))
            .Where(path => IsMatch(segments[^1], Path.GetFileName(path)) && (!anyEnding || ImageFile.HasPictureName(path)))
            .Order(NaturalOrder.Comparer)];
    }

    private static IEnumerable<string> Subfolders(string folder, string segment)
    {
        if (!IsPattern(segment))
            return Directory.Exists(Path.Combine(folder, segment)) ? [Path.Combine(folder, segment)] : [];
        return Directory.EnumerateDirectories(folder, "*", Plain).Where(path => IsMatch(segment, Path.GetFileName(path)));
    }

    private static bool IsMatch(string segment, string name) =>
        (name[0] != '.' || segment[0] == '.') && FileSystemName.MatchesSimpleExpression(segment, name, ignoreCase: false);
}
