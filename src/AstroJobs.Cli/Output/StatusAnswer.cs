using System.Globalization;
using System.Text.Json;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Output;

/// <summary>Answers how jobs stand.</summary>
internal static class StatusAnswer
{
    public static void Write(Answer answer, JobStatus status, bool ok = true)
    {
        if (answer.IsJson)
            answer.Json(ok, writer => Answer.WriteStatus(writer, status));
        else
            answer.Text(Line(status));
    }

    /// <summary>One entry a job; a job that could not be looked at is an entry with its error.</summary>
    public static void WriteMany(Answer answer, IReadOnlyList<StatusEntry> entries)
    {
        if (!answer.IsJson)
        {
            foreach (var entry in entries)
                answer.Text(entry.Status is { } status ? Line(status) : $"{entry.Id}  {entry.Error!.Code}: {entry.Error.Message}");
            return;
        }
        answer.Json(ok: true, writer =>
        {
            writer.WriteStartArray("jobs");
            foreach (var entry in entries)
                WriteEntry(writer, entry);
            writer.WriteEndArray();
        });
    }

    private static void WriteEntry(Utf8JsonWriter writer, StatusEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", entry.Status is not null);
        if (entry.Status is { } status)
        {
            Answer.WriteStatus(writer, status);
        }
        else
        {
            writer.WriteString("job_id", entry.Id);
            Answer.WriteError(writer, entry.Error);
        }
        writer.WriteEndObject();
    }

    /// <summary>One job on one line for a person.</summary>
    internal static string Line(JobStatus status)
    {
        var detail = status.State switch
        {
            JobState.Queued when status.LastError is { } last => $"{WaitingText.Of(status)} after {last.Code}: {last.Message}",
            JobState.Queued => WaitingText.Of(status),
            JobState.Processing when status.Progress is { } progress => progress.Percent is { } percent
                ? string.Create(CultureInfo.InvariantCulture, $"{percent:0.0} %  {progress.Message}")
                : progress.Message,
            JobState.Error => $"{status.Error?.Code}: {status.Error?.Message}",
            _ => null,
        };
        var state = status.State.ToString().ToLowerInvariant();
        var attempt = status.Attempt == 1 ? null : string.Create(CultureInfo.InvariantCulture, $"attempt {status.Attempt}");
        return string.Join("  ", ((string?[])[status.JobId.ToString(), status.Kind, status.Name, state, attempt, detail]).Where(static part => !string.IsNullOrEmpty(part)));
    }
}
