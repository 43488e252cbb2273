using System.Globalization;
using AstroJobs.Jobs;
using Spectre.Console;

namespace AstroJobs.Cli.Output;

/// <summary>Jobs as a table on a terminal.</summary>
internal static class JobTable
{
    private static readonly string[] Titles = ["job", "kind", "name", "state", "progress", "age"];

    public static void Write(Answer answer, IReadOnlyList<StatusEntry> entries, DateTimeOffset now)
    {
        using var writer = new StreamWriter(answer.Stream, leaveOpen: true);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect });
        var table = new Table().Border(TableBorder.Simple);
        foreach (var title in Titles)
            table.AddColumn(title, column => column.NoWrap = title is not ("name" or "progress")); // an id is copied whole
        foreach (var entry in entries)
        {
            if (entry.Status is { } job)
                table.AddRow(new Text(job.JobId.ToString()), new Text(job.Kind), new Text(Named(job)), State(job.State), new Text(Progress(job)), new Text(Age(now - job.CreatedAt)));
            else
                table.AddRow(new Text(entry.Id), new Text("?"), new Text(""), new Text("corrupt"), new Text(entry.Error!.Message), new Text(""));
        }
        if (entries.Count == 0)
            console.WriteLine("No jobs.");
        else
            console.Write(table);
    }

    /// <summary>The largest unit alone: 45 s, 12 min, 3 h, 9 d.</summary>
    internal static string Age(TimeSpan age) => age.TotalSeconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.TotalSeconds):0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalMinutes):0} min"),
        < 86400 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalHours):0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalDays):0} d"),
    };

    private static string Named(JobStatus job) => string.Join('/', ((string?[])[job.Project, job.Group, job.Name]).Where(static part => !string.IsNullOrEmpty(part)));

    private static Text State(JobState state) => new(state.ToString().ToLowerInvariant(), state switch
    {
        JobState.Done => Color.Green,
        JobState.Error => Color.Red,
        JobState.Processing => Color.Blue,
        JobState.Cancelled => Color.Grey,
        _ => Color.Default,
    });

    private static string Progress(JobStatus job) => job.State switch
    {
        JobState.Queued => WaitingText.Of(job),
        JobState.Error => job.Error?.Code ?? "",
        JobState.Processing when job.Progress is { } progress => string.Create(CultureInfo.InvariantCulture, $"{progress.Percent ?? 0:0} %  {progress.Message}"),
        _ => "",
    };
}
