using System.Text.Json;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Output;

/// <summary>Answers what came out of a job.</summary>
internal static class ResultAnswer
{
    public static int Write(Session session, JobFolder folder, JobStatus status) => status.State switch
    {
        JobState.Done => WriteResult(session.Answer, folder),
        JobState.Error when TryReadFailure(folder) is { } failure => WriteFailure(session.Answer, status, failure),
        JobState.Error => Fail(session.Answer, status, new JobError(ErrorCode.JobFailed, status.Error?.Message ?? "The job failed.", status.Error?.Hint)),
        JobState.Cancelled => Fail(session.Answer, status, new JobError(ErrorCode.JobCancelled, $"Job {status.JobId} was cancelled.")),
        _ => Fail(session.Answer, status, new JobError(
            ErrorCode.JobNotReady, $"Job {status.JobId} is {status.State.ToString().ToLowerInvariant()}.", $"`astrojobs wait {status.JobId}` waits for its end.")),
    };

    private static int Fail(Answer answer, JobStatus status, JobError error) => answer.Fail(error, writer =>
    {
        writer.WriteString("job_id", status.JobId.ToString());
        writer.WriteString("state", status.State.ToString().ToLowerInvariant());
        if (status.Error is { } cause)
            writer.WriteString("cause", cause.Code);
    });

    private static int WriteResult(Answer answer, JobFolder folder)
    {
        using var document = Read(folder);
        if (!answer.IsJson)
            answer.Text(Indent(document.RootElement));
        else if (document.RootElement.ValueKind == JsonValueKind.Object && !document.RootElement.TryGetProperty("ok", out _))
            answer.Json(ok: true, writer => CopyMembers(document.RootElement, writer));
        else
            answer.Text(JsonSerializer.Serialize(document.RootElement, CliJson.Default.JsonElement));
        return ExitCode.Ok;
    }

    /// <summary>What a kind saved of work that failed: an object that says <c>ok: false</c> and the error. Null when there is none.</summary>
    private static JsonElement? TryReadFailure(JobFolder folder)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(folder.Result));
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.False && root.TryGetProperty("error", out _) ? root.Clone() : null;
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            return null;
        }
    }

    private static int WriteFailure(Answer answer, JobStatus status, JsonElement failure)
    {
        if (!answer.IsJson)
            answer.Text(Indent(failure));
        else
            answer.Text(JsonSerializer.Serialize(failure, CliJson.Default.JsonElement));
        return ExitCode.For(status);
    }

    private static JsonDocument Read(JobFolder folder)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(folder.Result));
        }
        catch (Exception error) when (error is FileNotFoundException or JsonException)
        {
            throw new JobException(ErrorCode.Corrupt, $"Cannot read the result of job {folder.Id}: {error.Message}", $"Its files are in '{folder.Output}'.", error);
        }
    }

    private static string Indent(JsonElement element) => JsonSerializer.Serialize(element, IndentedJson.Default.JsonElement);

    private static void CopyMembers(JsonElement element, Utf8JsonWriter writer)
    {
        foreach (var member in element.EnumerateObject())
            member.WriteTo(writer);
    }
}
