using AstroJobs.Jobs.Housekeeping;

namespace AstroJobs.Jobs.Tests.Housekeeping;

public sealed class StoreStatisticsTests
{
    [Test]
    public void Jobs_are_counted_by_state_kind_project_and_group()
    {
        var statistics = StoreStatistics.Of([
            MadeJobs.Status(JobState.Done) with { Project = "m31", Group = "night 1" },
            MadeJobs.Status(JobState.Done) with { Project = "m42", Kind = "stack" },
            MadeJobs.Status(JobState.Error) with { Project = "m42" },
            MadeJobs.Status(JobState.Queued)]);
        Assert.Multiple(() =>
        {
            Assert.That(statistics.Jobs, Is.EqualTo(4));
            Assert.That(Text(statistics.ByState), Is.EqualTo("queued 1, processing 0, done 2, error 1, cancelled 0"));
            Assert.That(Text(statistics.ByKind), Is.EqualTo("run 3, stack 1"));
            Assert.That(Text(statistics.ByProject), Is.EqualTo("m42 2, m31 1"), "the most frequent first");
            Assert.That(Text(statistics.ByGroup), Is.EqualTo("night 1 1"));
        });
    }

    [Test]
    public void The_last_ten_failures_are_told_the_latest_first()
    {
        var failed = Enumerable.Range(0, 12).Select(static hour => MadeJobs.Status(JobState.Error) with { FinishedAt = MadeJobs.Night.AddHours(hour * 5 % 12) }).ToList();
        var told = StoreStatistics.Of(failed).RecentFailures.Select(static job => (job.FinishedAt!.Value - MadeJobs.Night).TotalHours);
        Assert.That(told, Is.EqualTo([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]));
    }

    [Test]
    public void What_runs_longest_is_told_first()
    {
        var jobs = new[] { 2, 1, 3 }.Select(static hour => MadeJobs.Status(JobState.Processing) with { StartedAt = MadeJobs.Night.AddHours(hour) }).ToList();
        Assert.That(StoreStatistics.Of(jobs).Running, Is.EqualTo([jobs[1], jobs[0], jobs[2]]));
    }

    [Test]
    public void An_empty_store_has_all_states_at_none() =>
        Assert.That(Text(StoreStatistics.Of([]).ByState), Is.EqualTo("queued 0, processing 0, done 0, error 0, cancelled 0"));

    private static string Text(IReadOnlyDictionary<string, int> counts) => string.Join(", ", counts.Select(static count => $"{count.Key} {count.Value}"));
}
