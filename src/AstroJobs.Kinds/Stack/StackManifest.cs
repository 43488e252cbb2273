namespace AstroJobs.Kinds.Stack;

/// <summary>input/manifest.json: the files that the job refers to, as they were at submit.</summary>
internal sealed record StackManifest(int Version, IReadOnlyList<StackManifest.Entry> Files)
{
    public const string FileName = "manifest.json";

    public static StackManifest Of(IReadOnlyList<string> paths) =>
        new(1, [.. paths.Select(Describe)]);

    // Of a link, what it leads to.
    private static Entry Describe(string path)
    {
        var link = new FileInfo(path);
        var file = (FileInfo?)link.ResolveLinkTarget(returnFinalTarget: true) ?? link;
        return new Entry(path, file.Length, new DateTimeOffset(file.LastWriteTimeUtc));
    }

    /// <param name="SizeBytes">Length of the file.</param>
    internal sealed record Entry(string Path, long SizeBytes, DateTimeOffset ModifiedAt);
}
