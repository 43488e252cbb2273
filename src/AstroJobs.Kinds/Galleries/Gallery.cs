using System.Globalization;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;
using AstroJobs.Kinds.Cameras;
using AstroJobs.Kinds.Pictures;

namespace AstroJobs.Kinds.Galleries;

/// <summary>
/// A folder under the root of galleries: lights in it, calibration frames in <c>dark/</c>, <c>flat/</c> and <c>bias/</c>, what was made of the lights in
/// <c>results/</c>. Neither its name nor a symbolic link leads out of the root: links are not followed and not listed.
/// </summary>
public sealed class Gallery
{
    public const string Results = "results";
    public const string Thumbnails = ".thumbs";

    private const int LongestName = 64;

    private static readonly EnumerationOptions Plain = new() { AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Directory, IgnoreInaccessible = false };

    private Gallery(string name, string folder) => (Name, Folder) = (name, folder);

    public string Name { get; }

    public string Folder { get; }

    /// <summary>The lights, in the order in which they were taken.</summary>
    public IReadOnlyList<string> Images => PicturesIn(Folder);

    /// <summary>Makes the gallery where there is none.</summary>
    /// <exception cref="JobException"><c>bad_input</c>: no such name can be; <c>io_error</c>.</exception>
    public static Gallery Make(GalleryPlace place)
    {
        var gallery = At(place);
        MakeFolder(gallery.Folder);
        return gallery;
    }

    /// <summary>Makes nothing: the first frame makes it.</summary>
    /// <exception cref="JobException"><c>bad_input</c>: no such name can be.</exception>
    public static void Check(GalleryPlace place) => At(place);

    /// <exception cref="JobException"><c>bad_input</c>: there is none, or no such name can be.</exception>
    public static Gallery Open(GalleryPlace place)
    {
        var gallery = At(place);
        return Directory.Exists(gallery.Folder) ? gallery : throw Wrong($"There is no gallery '{place.Name}' in '{place.Root}'.", "`astrojobs galleries` lists them; GALLERY_ROOT says where they are.");
    }

    /// <summary>For who makes something of frames: checks the gallery that the result is put into, and answers its images where the caller names no others.</summary>
    /// <param name="areToCome">The folder is to be followed.</param>
    public static IReadOnlyList<string> ImagesFor(GalleryPlace? place, IReadOnlyList<string> images, bool hasOthers, bool areToCome = false)
    {
        if (place is null)
            return images;
        if (images.Count == 0 && !hasOthers)
            return areToCome ? [Make(place).Folder] : Open(place).Images;
        Check(place);
        return images;
    }

    /// <summary>By their names. What cannot be the name of one is passed over.</summary>
    public static IReadOnlyList<GallerySummary> List(string root) => !Directory.Exists(root) ? [] :
    [
        .. Directory.EnumerateDirectories(root, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true })
            .Select(static folder => Path.GetFileName(folder))
            .Where(static name => IsName(name))
            .Order(StringComparer.Ordinal)
            .Select(name => new Gallery(name, Path.Combine(root, name)).Summarize()),
    ];

    /// <summary>Puts a frame into it: a hard link where the file system has one, else a copy. The same frame of the same job is put in once.</summary>
    /// <param name="takenAt">Names begin with it, so that they sort by time.</param>
    public void AddFrame(string file, DateTimeOffset takenAt, JobId job, FrameType type) =>
        Add(file, takenAt, job, type == FrameType.Light ? Folder : Path.Combine(Folder, type.ToString().ToLowerInvariant()));

    /// <summary>Puts something into it that was made of frames.</summary>
    public void AddResult(string file, DateTimeOffset madeAt, JobId job) => Add(file, madeAt, job, Path.Combine(Folder, Results));

    /// <summary>A folder of its own within the gallery.</summary>
    /// <exception cref="JobException"><c>bad_input</c>: somebody put a link there.</exception>
    internal static string MakeFolder(string folder)
    {
        RefuseLink(folder);
        try
        {
            return Directory.CreateDirectory(folder).FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new JobException(ErrorCode.IoError, $"The gallery's folder '{folder}' cannot be made: {error.Message}", "GALLERY_ROOT names the folder of all galleries.", error);
        }
    }

    private static Gallery At(GalleryPlace place)
    {
        if (!IsName(place.Name))
            throw Wrong($"A gallery cannot be called '{place.Name}'.", $"Give 1 to {LongestName} letters, digits, spaces, dots, dashes or underscores: a letter or digit first, no space or dot last.");
        var folder = Path.Combine(place.Root, place.Name);
        RefuseLink(folder);
        return new Gallery(place.Name, folder);
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName
        && char.IsLetterOrDigit(name[0])
        && name[^1] is not (' ' or '.')
        && name != "lost+found"
        && name.All(static letter => char.IsLetterOrDigit(letter) || letter is '.' or '_' or '-' or ' ');

    private static void RefuseLink(string folder)
    {
        if (new DirectoryInfo(folder).LinkTarget is { } target)
            throw Wrong($"'{folder}' is a symbolic link (to '{target}'): galleries stay in their own folder.", "Move the folder itself there, or mount it.");
    }

    private static void Add(string file, DateTimeOffset at, JobId job, string folder)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyyMMdd-HHmmss}_{job.ToString()[^6..]}_{Path.GetFileName(file)}");
        HardLink.MakeOrCopy(file, Path.Combine(MakeFolder(folder), name));
    }

    private GallerySummary Summarize()
    {
        var parts = ((string[])["dark", "flat", "bias"]).Select(part => Path.Combine(Folder, part)).SelectMany(FilesIn);
        var (images, results) = (Images, FilesIn(Path.Combine(Folder, Results)).ToList());
        var files = FilesIn(Folder).Concat(results).Concat(parts).Select(static file => new FileInfo(file))
            .Where(static file => file.Exists).ToList(); // not one that has just gone, or whose name is no UTF-8
        return new GallerySummary(
            Name,
            images.Count,
            results.Count,
            files.Sum(static file => file.Length),
            files.Count == 0 ? null : new DateTimeOffset(files.Max(static file => file.LastWriteTimeUtc)));
    }

    private static IReadOnlyList<string> PicturesIn(string folder)
    {
        var files = FilesIn(folder).ToHashSet(StringComparer.Ordinal);
        return Directory.Exists(folder) ? [.. PictureFiles.In(folder).Where(files.Contains)] : [];
    }

    /// <summary>Files of its own; none of what a link leads to.</summary>
    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.Exists(folder) && new DirectoryInfo(folder).LinkTarget is null ? Directory.EnumerateFiles(folder, "*", Plain).Where(static file => Path.GetFileName(file)[0] != '.') : [];

    private static JobException Wrong(string message, string hint) => new(ErrorCode.BadInput, message, hint);
}
