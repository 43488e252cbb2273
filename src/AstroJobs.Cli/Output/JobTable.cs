using System.Globalization;
using AstroJobs.Jobs;
using Spectre.Console;

namespace AstroJobs.Cli.Output;

/// <summary>Jobs as a table: on a terminal no wider than that, the longer names and messages in several lines.</summary>
internal static class JobTable
{
    private const int ShortId = 16; // their first twelve digits are the time in milliseconds: a prefix that every verb takes
    private const int WideTerminal = 110; // room for whole ids and some forty letters of name and progress
    private const int Unlimited = 10_000;
    private const int Gap = 2;

    private static readonly string[] Titles = ["job", "kind", "name", "state", "progress", "age"];
    private static readonly int Name = Array.IndexOf(Titles, "name");
    private static readonly int State = Array.IndexOf(Titles, "state");
    private static readonly int Progress = Array.IndexOf(Titles, "progress");

    /// <param name="terminal">Null for who reads it from a file: whole ids, a line a job, no colours.</param>
    public static void Write(TextWriter writer, IReadOnlyList<StatusEntry> entries, DateTimeOffset now, TerminalSize? terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = terminal is null ? AnsiSupport.No : AnsiSupport.Detect });
        console.Profile.Width = terminal?.Columns ?? Unlimited;
        if (entries.Count == 0)
            console.WriteLine("No jobs.");
        else
            console.Write(Draw(entries, now, console.Profile.Width));
    }

    /// <summary>The largest unit alone: 45 s, 12 min, 3 h, 9 d.</summary>
    internal static string Age(TimeSpan age) => age.TotalSeconds switch
    {
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.TotalSeconds):0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalMinutes):0} min"),
        < 86400 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalHours):0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalDays):0} d"),
    };

    private static Table Draw(IReadOnlyList<StatusEntry> entries, DateTimeOffset now, int columns)
    {
        var rows = entries.Select(entry => Cells(entry, now, columns >= WideTerminal)).ToList();
        var widths = Widths(rows, columns);
        var table = new Table().Border(TableBorder.None);
        for (var i = 0; i < Titles.Length; i++)
            table.AddColumn(new TableColumn(Titles[i]) { Width = widths[i], NoWrap = i != Name && i != Progress, Padding = new Padding(0, 0, i < Titles.Length - 1 ? Gap : 0, 0) });
        for (var i = 0; i < rows.Count; i++)
            table.AddRow(rows[i].Select((cell, column) => new Text(cell, column == State ? ColourOf(entries[i].Status?.State) : Color.Default)));
        return table;
    }

    private static string[] Cells(StatusEntry entry, DateTimeOffset now, bool wholeId) => entry.Status is { } job
        ? [Id(entry.Id, wholeId), job.Kind, OneLine.Of(NameOf(job)), JobStates.Word(job.State), OneLine.Of(ProgressOf(job)), Age(now - job.CreatedAt)]
        : [Id(entry.Id, wholeId), "?", "", "corrupt", OneLine.Of(entry.Error!.Message), ""];

    private static string Id(string id, bool whole) => whole || id.Length <= ShortId ? id : id[..ShortId];

    /// <summary>Names and messages share what the others leave: a name may have the half of it, or more that the messages do not need.</summary>
    private static int[] Widths(List<string[]> rows, int columns)
    {
        int[] widths = [.. Titles.Select((title, i) => rows.Select(row => row[i].Length).Append(title.Length).Max())];
        var room = columns - (Gap * (Titles.Length - 1)) - widths.Where((_, i) => i != Name && i != Progress).Sum();
        widths[Name] = Math.Min(widths[Name], Math.Max(Titles[Name].Length, Math.Max(room / 2, room - widths[Progress])));
        widths[Progress] = Math.Min(widths[Progress], Math.Max(Titles[Progress].Length, room - widths[Name]));
        return widths;
    }

    private static string NameOf(JobStatus job) => string.Join('/', ((string?[])[job.Project, job.Group, job.Name]).Where(static part => !string.IsNullOrEmpty(part)));

    private static Color ColourOf(JobState? state) => state switch
    {
        JobState.Done => Color.Green,
        JobState.Error => Color.Red,
        JobState.Processing => Color.Blue,
        JobState.Cancelled => Color.Grey,
        _ => Color.Default,
    };

    private static string ProgressOf(JobStatus job) => job.State switch
    {
        JobState.Queued => WaitingText.Of(job),
        JobState.Error => job.Error?.Code ?? "",
        JobState.Processing when job.Progress is { } progress => string.Create(CultureInfo.InvariantCulture, $"{progress.Percent ?? 0:0} %  {progress.Message}"),
        _ => "",
    };
}
