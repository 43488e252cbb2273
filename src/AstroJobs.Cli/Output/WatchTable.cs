using System.Globalization;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Output;

/// <summary>What runs and what waits, a line a job: those that run first, then those that wait, the next to start on top, then those that have ended.</summary>
internal static class WatchTable
{
    private const int IdDigits = 16; // their first twelve are the time in milliseconds: a prefix that every verb takes
    private const int BarWidth = 20;
    private const int NameLength = 24;

    /// <returns>At most as many lines as there are rows, less one for the cursor, none longer than there are columns.</returns>
    public static IReadOnlyList<string> Draw(IReadOnlyList<JobStatus> jobs, DateTimeOffset now, TerminalSize size)
    {
        var kindWidth = jobs.Select(static job => job.Kind.Length).Append("kind".Length).Max();
        var nameWidth = jobs.Select(static job => NameOf(job).Length).Append("name".Length).Max();
        var lines = jobs.OrderBy(Rank).ThenByDescending(static job => job.State == JobState.Queued ? job.Priority : 0).ThenBy(static job => job.CreatedAt).ThenBy(static job => job.JobId)
            .Select(job => Line(job.JobId.ToString()[..IdDigits], job.Kind, NameOf(job), Bar(job), AgeOf(job, now), OneLine.Of(MessageOf(job)))).ToList();
        var room = Math.Max(1, size.Rows - 4);
        string[] rest = lines.Count > room ? [string.Create(CultureInfo.InvariantCulture, $"… and {lines.Count - room} more")] : [];
        return [.. ((string[])[Summary(jobs), Line("job", "kind", "name", "progress".PadRight(Bar(null).Length), "for", ""), .. lines.Take(room), .. rest]).Select(line => Fit(line, size.Columns))];

        string Line(string id, string kind, string name, string bar, string age, string message) =>
            $"{id,-IdDigits}  {kind.PadRight(kindWidth)}  {name.PadRight(nameWidth)}  {bar}  {age,6}  {message}".TrimEnd();
    }

    private static string Summary(IReadOnlyList<JobStatus> jobs) => jobs.Count == 0
        ? "No jobs."
        : string.Join(", ", jobs.GroupBy(static job => job.State).OrderBy(static jobs => Rank(jobs.First())).Select(static jobs => string.Create(CultureInfo.InvariantCulture, $"{jobs.Count()} {JobStates.Word(jobs.Key)}")));

    private static int Rank(JobStatus job) => job.State switch
    {
        JobState.Processing => 0,
        JobState.Queued => 1,
        _ => 2,
    };

    private static string NameOf(JobStatus job) => job.Name is { Length: > 0 } name ? OneLine.Of(name.Length > NameLength ? name[..NameLength] : name) : "";

    /// <param name="job">Null for no progress.</param>
    private static string Bar(JobStatus? job)
    {
        double? percent = job?.State == JobState.Done ? 100 : job?.Progress?.Percent;
        var filled = (int)Math.Round((percent ?? 0) / 100 * BarWidth);
        return $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {(percent is null ? "" : percent.Value.ToString("0", CultureInfo.InvariantCulture) + " %"),5}";
    }

    private static string AgeOf(JobStatus job, DateTimeOffset now) => JobTable.Age((job.FinishedAt ?? now) - (job.StartedAt ?? job.CreatedAt));

    private static string MessageOf(JobStatus job) => job.State switch
    {
        JobState.Queued => WaitingText.Reason(job),
        JobState.Processing => job.Progress?.Message ?? "running",
        JobState.Error => $"error: {job.Error?.Message}",
        _ => JobStates.Word(job.State),
    };

    private static string Fit(string line, int columns) => line.Length >= columns ? line[..Math.Max(0, columns - 1)] : line;
}
