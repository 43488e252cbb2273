using System.Text.Json;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Housekeeping;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Output;

/// <summary>Answers the counts of a store.</summary>
internal static class StatsAnswer
{
    /// <param name="unreadable">How many jobs are in none of the counts, since they cannot be read.</param>
    public static void Write(Answer answer, StoreStatistics statistics, long bytes, int unreadable)
    {
        if (answer.IsJson)
            answer.Json(ok: true, writer => WriteMembers(writer, statistics, bytes, unreadable));
        else
            answer.Text(string.Join('\n', Lines(statistics, bytes, unreadable)));
    }

    private static IEnumerable<string> Lines(StoreStatistics statistics, long bytes, int unreadable)
    {
        yield return $"{"jobs",-10}{statistics.Jobs}  {Amount.Of(bytes)}{(unreadable > 0 ? $"  and {unreadable} that cannot be read (`astrojobs list` names them)" : "")}";
        (string Name, IReadOnlyDictionary<string, int> Counts)[] parts =
            [("states", statistics.ByState), ("kinds", statistics.ByKind), ("projects", statistics.ByProject), ("groups", statistics.ByGroup)];
        foreach (var (name, counts) in parts.Where(static part => part.Counts.Count > 0))
            yield return $"{name,-10}{string.Join("  ", counts.Select(static count => $"{count.Key} {count.Value}"))}";
        foreach (var job in statistics.Running)
            yield return $"{"running",-10}{StatusAnswer.Line(job)}";
        foreach (var job in statistics.RecentFailures)
            yield return $"{"failed",-10}{StatusAnswer.Line(job)}";
    }

    private static void WriteMembers(Utf8JsonWriter writer, StoreStatistics statistics, long bytes, int unreadable)
    {
        writer.WriteNumber("jobs", statistics.Jobs);
        WriteCounts(writer, "by_state", statistics.ByState);
        WriteCounts(writer, "by_kind", statistics.ByKind);
        WriteCounts(writer, "by_project", statistics.ByProject);
        WriteCounts(writer, "by_group", statistics.ByGroup);
        writer.WriteNumber("bytes", bytes);
        writer.WriteNumber("unreadable", unreadable);
        writer.WriteStartArray("running");
        foreach (var job in statistics.Running)
            WriteJob(writer, job, "started_at", job.StartedAt);
        writer.WriteEndArray();
        writer.WriteStartArray("recent_failures");
        foreach (var job in statistics.RecentFailures)
            WriteJob(writer, job, "finished_at", job.FinishedAt);
        writer.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, int> counts)
    {
        writer.WriteStartObject(name);
        foreach (var (key, count) in counts)
            writer.WriteNumber(key, count);
        writer.WriteEndObject();
    }

    private static void WriteJob(Utf8JsonWriter writer, JobStatus job, string timeName, DateTimeOffset? time)
    {
        writer.WriteStartObject();
        writer.WriteString("job_id", job.JobId.ToString());
        writer.WriteString("kind", job.Kind);
        writer.WriteString("name", job.Name);
        writer.WriteString(timeName, time is { } known ? UtcTime.Text(known) : null);
        if (job.Error is { } error)
        {
            writer.WriteString("code", error.Code);
            writer.WriteString("message", error.Message);
        }
        writer.WriteEndObject();
    }
}
