using System.Globalization;
using System.Text.RegularExpressions;
using AstroJobs.Cli.Output;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Tests.Output;

public sealed partial class JobTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 22, 0, 0, TimeSpan.Zero);

    private static readonly JobStatus[] Jobs =
    [
        Job(1) with { Kind = "timelapse", State = JobState.Processing, Name = "the great nebula in Orion", Progress = new JobProgress(7, 20, "read", "Frame 7/20 is taken") },
        Job(2) with { State = JobState.Queued, Name = "m31", WaitingFor = "slot", Position = 3, CreatedAt = Now.AddMinutes(-59) },
        Job(3) with { State = JobState.Done, Project = "p", Name = "m45" },
        Job(4) with { State = JobState.Error, Error = new JobError("tool_failed", "sh ended with exit code 1.") },
    ];

    [Test]
    public void Eighty_columns_hold_whole_titles_and_all_that_is_told() => Assert.That(
        string.Join('\n', Draw(Jobs, 80)), Is.EqualTo("""
            job               kind       name            state       progress         age
            0190000000017001  timelapse  the great       processing  35 %  Frame      59 s
                                         nebula in                   7/20 is taken
                                         Orion
            0190000000027002  stack      m31             queued      waits for slot,  59 min
                                                                     3rd in line
            0190000000037003  stack      p/m45           done                         57 s
            0190000000047004  stack                      error       tool_failed      56 s
            """));

    [Test]
    public void A_wide_terminal_and_a_file_have_whole_ids_and_a_line_a_job([Values(110, null)] int? columns) => Assert.That(
        string.Join('\n', Draw(Jobs[1..], columns)), Is.EqualTo("""
            job                               kind   name   state   progress                     age
            01900000000270028000000000000002  stack  m31    queued  waits for slot, 3rd in line  59 min
            01900000000370038000000000000003  stack  p/m45  done                                 57 s
            01900000000470048000000000000004  stack         error   tool_failed                  56 s
            """));

    [Test]
    public void A_name_has_the_room_that_messages_do_not_need() =>
        Assert.That(Draw([Job(1) with { State = JobState.Done, Name = "the great nebula in Orion, red" }], 80), Has.Length.EqualTo(2), "the titles and one line");

    [Test]
    public void Words_without_a_space_are_broken_rather_than_lost() => Assert.That(
        string.Join('\n', Draw([Job(1) with { Kind = "timelapse", Name = "M31_andromeda_L_300s_bin1", WaitingFor = "slot" }], 60)), Is.EqualTo("""
            job               kind       name     state   progress  age
            0190000000017001  timelapse  M31_and  queued  waits     59 s
                                         romeda_          for slot
                                         L_300s_
                                         bin1
            """));

    [Test]
    public void Foreign_text_does_not_reach_the_terminal_as_control() => Assert.That(
        string.Concat(Draw([Job(1) with { State = JobState.Processing, Name = "\u001b[2J\n", Progress = new JobProgress(0, null, null, "a\r\u001b[Ab\u009bc") }], 80)), Does.Not.Match(@"\p{Cc}"));

    [Test]
    public void A_job_that_cannot_be_read_is_told_with_its_reason() => Assert.That(
        string.Join(' ', Words(Draw([new StatusEntry("01900000000170018000000000000001", null, new JobError(ErrorCode.Corrupt, "status.json is torn."))], 80))),
        Is.EqualTo("job kind name state progress age 0190000000017001 ? corrupt status.json is torn."));

    private static string[] Draw(JobStatus[] jobs, int? columns) => Draw([.. jobs.Select(static job => new StatusEntry(job.JobId.ToString(), job, null))], columns);

    private static string[] Draw(StatusEntry[] entries, int? columns)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        JobTable.Write(text, entries, Now, columns is { } known ? new TerminalSize(known, 24) : null);
        var plain = Colour().Replace(text.ToString(), "");
        return [.. plain.TrimEnd('\n').Split('\n').Select(static line => line.TrimEnd())];
    }

    [GeneratedRegex(@"\e\[[0-9;]+m")]
    private static partial Regex Colour();

    private static IEnumerable<string> Words(IEnumerable<string> lines) => lines.SelectMany(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static JobStatus Job(int number) => new()
    {
        JobId = JobId.Parse($"01900000000{number}7{number:D3}8{number:D15}"),
        Kind = "stack",
        State = JobState.Queued,
        CreatedAt = Now.AddSeconds(number - 60),
        UpdatedAt = Now,
    };
}
