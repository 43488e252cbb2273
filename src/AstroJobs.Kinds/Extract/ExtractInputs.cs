using System.Text.Json;
using AstroJobs.Jobs;
using AstroJobs.Kinds.Pictures;

namespace AstroJobs.Kinds.Extract;

/// <summary>Which file an extract looks at.</summary>
internal static class ExtractInputs
{
    /// <returns>The file, and where the caller knows it.</returns>
    public static (string Path, string Original) Locate(ExtractParameters parameters, JobContext context)
    {
        if (parameters.FromJob is not { } job)
            return (Path.Combine(context.InputFolder, parameters.InputName!), parameters.Image!);
        var path = OfJob(job, context.OutputOf(JobId.Parse(job)));
        return (path, path);
    }

    /// <summary>The picture that the job's result names (a stack's <c>output</c>, the first of a burst's <c>files</c>), else the only one there is.</summary>
    private static string OfJob(string job, string outputFolder)
    {
        var result = Path.Combine(outputFolder, "result.json");
        if (File.Exists(result) && NamedPicture(File.ReadAllBytes(result)) is { } name && File.Exists(Path.Combine(outputFolder, Path.GetFileName(name))))
            return Path.Combine(outputFolder, Path.GetFileName(name));
        return PictureFiles.In(outputFolder) is [var only]
            ? only
            : throw new JobException(ErrorCode.BadInput, $"Job {job} has no picture, or several and its result names none.", "Give the file itself with --image.");
    }

    private static string? NamedPicture(byte[] result)
    {
        using var document = JsonDocument.Parse(result);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        if (Text(root, "output") is { } output)
            return output;
        return root.TryGetProperty("files", out var files) && files.ValueKind == JsonValueKind.Array && files.GetArrayLength() > 0 ? Text(files[0], "file") : null;
    }

    private static string? Text(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
