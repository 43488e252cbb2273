using System.Text.Json;

namespace AstroJobs.Kinds.Pictures;

/// <summary>input/manifest.json: the files that the job refers to, as they were at submit.</summary>
internal sealed record PictureManifest(int Version, IReadOnlyList<PictureManifest.Entry> Files)
{
    public const string FileName = "manifest.json";

    public static void Write(string inputFolder, IEnumerable<string> paths) =>
        File.WriteAllBytes(Path.Combine(inputFolder, FileName), JsonSerializer.SerializeToUtf8Bytes(new PictureManifest(1, [.. paths.Select(Describe)]), PicturesJson.Default.PictureManifest));

    // Of a link, what it leads to.
    private static Entry Describe(string path)
    {
        try
        {
            var link = new FileInfo(path);
            var file = (FileInfo?)link.ResolveLinkTarget(returnFinalTarget: true) ?? link;
            return new Entry(path, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Entry(path, null, null); // the job leaves it out and says why
        }
    }

    /// <param name="SizeBytes">Length of the file; null for a link that leads nowhere, and for what went away meanwhile.</param>
    internal sealed record Entry(string Path, long? SizeBytes, DateTimeOffset? ModifiedAt);
}
