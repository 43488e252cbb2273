using AstroJobs.Jobs.Housekeeping;
using ForAll = FsCheck.NUnit.PropertyAttribute;

namespace AstroJobs.Jobs.Tests.Housekeeping;

public sealed class PrunePolicyTests
{
    private static readonly DateTimeOffset Now = MadeJobs.Night;

    [Test]
    public void What_ended_longer_ago_goes_and_the_oldest_first()
    {
        StoredJob[] jobs = [Ended(15), Ended(13), Ended(20), Ended(14)];
        Assert.That(Ages(jobs, new PruneRules { OlderThan = TimeSpan.FromDays(14) }), Is.EqualTo([20, 15]), "14 days is not longer than 14 days");
    }

    [Test]
    public void The_newest_stay_whatever_else_is_said()
    {
        StoredJob[] jobs = [Ended(40), Ended(30), Ended(20), Ended(10)];
        Assert.Multiple(() =>
        {
            Assert.That(Ages(jobs, new PruneRules { Keep = 3 }), Is.EqualTo([40]));
            Assert.That(Ages(jobs, new PruneRules { Keep = 3, OlderThan = TimeSpan.FromDays(1) }), Is.EqualTo([40]));
            Assert.That(Ages(jobs, new PruneRules { Keep = 3, MaxBytes = 0 }), Is.EqualTo([40]));
            Assert.That(Ages(jobs, new PruneRules { Keep = 1, OlderThan = TimeSpan.FromDays(25) }), Is.EqualTo([40, 30]));
            Assert.That(Ages(jobs, new PruneRules { Keep = 0 }), Is.EqualTo([40, 30, 20, 10]));
            Assert.That(Ages(jobs, new PruneRules { Keep = 9 }), Is.Empty);
        });
    }

    [Test]
    public void The_oldest_go_until_the_rest_fits_and_no_more()
    {
        StoredJob[] jobs = [Ended(1, bytes: 10), Ended(3, bytes: 30), Ended(2, bytes: 20)];
        Assert.Multiple(() =>
        {
            Assert.That(Ages(jobs, new PruneRules { MaxBytes = 60 }), Is.Empty);
            Assert.That(Ages(jobs, new PruneRules { MaxBytes = 59 }), Is.EqualTo([3]));
            Assert.That(Ages(jobs, new PruneRules { MaxBytes = 29 }), Is.EqualTo([3, 2]));
            Assert.That(Ages(jobs, new PruneRules { MaxBytes = 0 }), Is.EqualTo([3, 2, 1]));
        });
    }

    [Test]
    public void What_goes_by_its_age_makes_room_before_the_rest_is_asked()
    {
        StoredJob[] jobs = [Ended(1, bytes: 10), Ended(30, bytes: 30), Ended(2, bytes: 20)];
        Assert.That(Ages(jobs, new PruneRules { OlderThan = TimeSpan.FromDays(14), MaxBytes = 30 }), Is.EqualTo([30]));
        Assert.That(Ages(jobs, new PruneRules { OlderThan = TimeSpan.FromDays(14), MaxBytes = 29 }), Is.EqualTo([30, 2]));
    }

    [Test]
    public void The_room_that_live_jobs_take_counts_but_they_stay()
    {
        StoredJob[] jobs = [Job(JobState.Processing, 9, 1000), Job(JobState.Queued, 9, 1), Ended(1, bytes: 10)];
        Assert.That(Ages(jobs, new PruneRules { MaxBytes = 1011 }), Is.Empty);
        Assert.That(Ages(jobs, new PruneRules { MaxBytes = 1010 }), Is.EqualTo([1]));
    }

    [Test]
    public void What_a_live_job_waits_for_stays_and_saves_no_other()
    {
        StoredJob[] jobs = [Ended(40) with { IsNeeded = true }, Ended(30), Ended(20)];
        Assert.That(Ages(jobs, new PruneRules { Keep = 0 }), Is.EqualTo([30, 20]));
        Assert.That(Ages(jobs, new PruneRules { Keep = 1 }), Is.EqualTo([30]));
    }

    [Test]
    public void Only_the_named_states_go_and_only_they_count_as_the_newest()
    {
        StoredJob[] jobs = [Job(JobState.Done, 1), Job(JobState.Error, 2), Job(JobState.Error, 3), Job(JobState.Cancelled, 4)];
        Assert.That(Ages(jobs, new PruneRules { Keep = 1, States = [JobState.Error] }), Is.EqualTo([3]));
    }

    [Test]
    public void Without_a_rule_nothing_goes() => Assert.That(Ages([Ended(9000)], new PruneRules()), Is.Empty);

    [Test]
    public void Without_a_limit_of_room_nothing_is_measured()
    {
        var job = Ended(40) with { Bytes = new Lazy<long>(static () => throw new InvalidOperationException("measured")) };
        Assert.That(Ages([job], new PruneRules { OlderThan = TimeSpan.FromDays(1) }), Is.EqualTo([40]));
    }

    [ForAll(MaxTest = 500)]
    public bool Whatever_the_rules_no_live_and_no_needed_job_goes((byte State, byte Days, byte Bytes, bool Needed)[] made, byte? olderThan, byte? keep, byte? maxBytes)
    {
        List<StoredJob> jobs = [.. made.Select(static job => Job((JobState)(job.State % 5), job.Days, job.Bytes) with { IsNeeded = job.Needed })];
        var rules = new PruneRules
        {
            OlderThan = olderThan is { } days ? TimeSpan.FromDays(days) : null,
            Keep = keep,
            MaxBytes = maxBytes,
            States = Enum.GetValues<JobState>(),
        };
        var chosen = PrunePolicy.Choose(jobs, rules, Now);
        return chosen.All(static job => job.Status.IsFinal && !job.IsNeeded)
            && chosen.Distinct().Count() == chosen.Count
            && jobs.Count(static job => job.Status.IsFinal) - chosen.Count >= Math.Min(keep ?? 0, jobs.Count(static job => job.Status.IsFinal));
    }

    private static StoredJob Ended(int daysAgo, long bytes = 1) => Job(JobState.Done, daysAgo, bytes);

    private static StoredJob Job(JobState state, int daysAgo, long bytes = 1)
    {
        var status = MadeJobs.Status(state);
        return new StoredJob(status.IsFinal ? status with { FinishedAt = Now.AddDays(-daysAgo) } : status, IsNeeded: false, new Lazy<long>(bytes));
    }

    private static IEnumerable<double> Ages(IReadOnlyList<StoredJob> jobs, PruneRules rules) =>
        PrunePolicy.Choose(jobs, rules, Now).Select(static job => (Now - job.Status.FinishedAt!.Value).TotalDays);
}
