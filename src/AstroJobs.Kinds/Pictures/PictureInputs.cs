using System.Text.Json;
using AstroJobs.Jobs;

namespace AstroJobs.Kinds.Pictures;

/// <summary>Which pictures a job takes, at submit and in the worker.</summary>
internal static class PictureInputs
{
    /// <summary>What the caller's entries mean now; a file that is meant twice is taken once, where it was first.</summary>
    public static IReadOnlyList<PictureFile> Resolve(IReadOnlyList<string> images, string? listFile, string callerFolder)
    {
        var entries = images.Concat(listFile is { } list ? ReadList(Path.GetFullPath(list, callerFolder)) : []);
        return [.. entries.SelectMany(entry => PictureFiles.Resolve(entry, callerFolder))
            .GroupBy(frame => frame.Path)
            .Select(same => same.FirstOrDefault(frame => frame.Named) ?? same.First())];
    }

    /// <summary>The frames of the submit, then those of the other job.</summary>
    public static IReadOnlyList<PictureFile> Collect(IReadOnlyList<PictureFile> submitted, string? fromJob, JobContext context)
    {
        var more = fromJob is { } id ? OfJob(context.OutputOf(JobId.Parse(id))).Select(static path => new PictureFile(path, Named: false)) : [];
        return [.. submitted.Concat(more).DistinctBy(static picture => picture.Path)];
    }

    /// <summary>The files that the job's result lists (a burst's), else all pictures of its output.</summary>
    private static IReadOnlyList<string> OfJob(string outputFolder)
    {
        var result = Path.Combine(outputFolder, "result.json");
        if (File.Exists(result) && ListedFiles(File.ReadAllBytes(result)) is { Count: > 0 } names)
            return [.. names.Select(name => Path.Combine(outputFolder, Path.GetFileName(name)))];
        return PictureFiles.In(outputFolder);
    }

    private static List<string> ListedFiles(byte[] result)
    {
        using var document = JsonDocument.Parse(result);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("files", out var files)
            || files.ValueKind != JsonValueKind.Array)
            return [];
        return [.. files.EnumerateArray()
            .Where(file => file.ValueKind == JsonValueKind.Object && file.TryGetProperty("file", out var name) && name.ValueKind == JsonValueKind.String)
            .Select(file => file.GetProperty("file").GetString()!)];
    }

    private static IEnumerable<string> ReadList(string path)
    {
        if (!File.Exists(path))
            throw new JobException(ErrorCode.ImageNotFound, $"There is no list file '{path}'.", "It holds one image, folder or pattern a line.");
        return File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');
    }
}
