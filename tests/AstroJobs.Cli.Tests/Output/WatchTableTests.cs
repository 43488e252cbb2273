using AstroJobs.Cli.Output;
using AstroJobs.Jobs;

namespace AstroJobs.Cli.Tests.Output;

public sealed class WatchTableTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 22, 0, 0, TimeSpan.Zero);

    [Test]
    public void Those_that_run_come_first_then_those_that_wait_the_next_to_start_on_top_then_the_ended_ones()
    {
        JobStatus[] jobs =
        [
            Job(6, JobState.Done, "six") with { StartedAt = Now.AddHours(-3), FinishedAt = Now.AddHours(-1) },
            Job(5, JobState.Queued, "five") with { WaitingFor = "slot" },
            Job(4, JobState.Queued, "four") with { WaitingFor = "camera", Priority = 10 },
            Job(2, JobState.Processing, "two") with { StartedAt = Now.AddSeconds(-5) },
            Job(1, JobState.Processing, "one") with { StartedAt = Now.AddMinutes(-12), Progress = new JobProgress(7, 20, "read", "Frame 7/20 read") },
        ];
        Assert.That(string.Join('\n', WatchTable.Draw(jobs, Now, TerminalSize.Unlimited)), Is.EqualTo("""
            2 processing, 2 queued, 1 done
            job               kind   name  progress                         for
            0190000000017001  stack  one   [#######.............]  35 %  12 min  Frame 7/20 read
            0190000000027002  stack  two   [....................]           5 s  running
            0190000000047004  stack  four  [....................]          56 s  waits for camera
            0190000000057005  stack  five  [....................]          55 s  waits for slot
            0190000000067006  stack  six   [####################] 100 %     2 h  done
            """));
    }

    [Test]
    public void It_keeps_within_the_terminal()
    {
        var jobs = Enumerable.Range(1, 50).Select(static number => Job(number, JobState.Processing, "a name that is rather long for a table of jobs")).ToList();
        var lines = WatchTable.Draw(jobs, Now, new TerminalSize(60, 10));
        Assert.That(lines, Has.Count.EqualTo(9).And.All.Length.LessThan(60));
        Assert.That(lines[^1], Is.EqualTo("… and 44 more"));
    }

    [Test]
    public void Foreign_text_does_not_reach_the_terminal_as_control() =>
        Assert.That(string.Concat(WatchTable.Draw([Job(1, JobState.Processing, "\u001b[2J\n") with { Progress = new JobProgress(0, null, null, "a\r\u001b[Ab\u009bc") }], Now, TerminalSize.Unlimited)), Does.Not.Match(@"\p{Cc}").And.EndsWith("a  [Ab c"));

    [Test]
    public void Without_jobs_it_says_so() => Assert.That(WatchTable.Draw([], Now, new TerminalSize(80, 24))[0], Is.EqualTo("No jobs."));

    private static JobStatus Job(int number, JobState state, string name) => new()
    {
        JobId = JobId.Parse($"01900000000{number % 10}7{number:D3}8{0:D15}"),
        Kind = "stack",
        State = state,
        Name = name,
        CreatedAt = Now.AddSeconds(number - 60),
        UpdatedAt = Now,
    };
}
