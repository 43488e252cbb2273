using AstroJobs.Jobs.Running;
using ForAll = FsCheck.NUnit.PropertyAttribute;

namespace AstroJobs.Jobs.Tests.Running;

/// <summary>What must hold whatever is submitted and whatever ends when.</summary>
public sealed class DispatchPlanTests
{
    private static readonly string[][] Needs =
    [
        ["cpu"], ["cpu"], ["cpu"], ["cpu", "cpu"], ["cpu", "cpu", "cpu"], ["cpu", "exclusive:x"], ["cpu", "cpu", "exclusive:x"], ["exclusive:x"],
        ["exclusive:x", "exclusive:y"], ["exclusive:y"], ["camera:a"], ["camera:a", "exclusive:y"], [],
    ];

    [ForAll(MaxTest = 300)]
    public bool A_slot_has_never_more_holders_than_there_are_of_it(byte[] night) =>
        Play(night, static queue => Needs.SelectMany(static need => need).Distinct().All(slot => queue.Held(slot) <= queue.CapacityOf(slot)));

    [ForAll(MaxTest = 300)]
    public bool Nobody_starts_before_the_job_it_comes_after_is_done(byte[] night) =>
        Play(night, static queue => queue.Started.All(static job => job.After is null or { State: JobState.Done }));

    [ForAll(MaxTest = 300)]
    public bool Of_jobs_that_need_the_same_the_higher_priority_starts_first_then_the_older(byte[] night)
    {
        var before = new List<MadeQueue.Job>();
        return Play(night, queue =>
        {
            var fresh = queue.Started.Except(before).ToList();
            before = [.. queue.Started];
            return fresh.All(started => !queue.Waiting.Any(waiting => waiting.IsReady && waiting.ComesBefore(started) && SlotNames.Encode(waiting.Slots) == SlotNames.Encode(started.Slots)));
        });
    }

    /// <summary>A slot that stands idle is wanted by somebody who comes first and lacks nothing but it, or what comes after it.</summary>
    [ForAll(MaxTest = 300)]
    public bool No_slot_is_left_idle_when_a_job_could_use_it_that_nobody_ahead_waits_for(byte[] night) =>
        Play(night, static queue => queue.Waiting.Where(job => job.IsReady && queue.IsPossible(job)).All(job =>
            job.Slots.Any(slot => queue.Free(slot) - WantedBefore(queue, job, slot) < job.Count(slot))));

    [ForAll(MaxTest = 300)]
    public bool Who_is_first_of_all_is_not_set_back_by_who_comes_later(byte[] night)
    {
        var (first, known) = ((MadeQueue.Job?)null, new HashSet<MadeQueue.Job>());
        return Play(night, queue =>
        {
            var now = FirstReadyOfEachLine(queue).MinBy(static job => job.Entry.Rank, StringComparer.Ordinal);
            var late = queue.Started.Where(job => !known.Contains(job) && now == first && now?.ComesBefore(job) == true).ToList();
            (first, known) = (now, [.. queue.Started]);
            return now is null || FirstLacking(queue, now) is not { } lacking || !late.Any(job => job.Count(lacking) > 0);
        });
    }

    [ForAll(MaxTest = 300)]
    public bool Whoever_is_first_starts_however_many_come_after_him(byte[] night, byte needs, byte[] later)
    {
        var queue = new MadeQueue(3);
        Play(queue, night, static _ => true);
        var first = queue.Add(10, Needs[needs % Needs.Length]);
        queue.Dispatch();
        for (var step = 0; first.State == JobState.Queued && step < 1000; step++)
        {
            queue.Running.First().State = JobState.Done; // the oldest: each job ends some time
            queue.Add(0, Needs[(later.Length == 0 ? step : later[step % later.Length]) % Needs.Length]);
            queue.Dispatch();
        }
        return first.State == JobState.Processing;
    }

    [ForAll(MaxTest = 300)]
    public bool When_nothing_more_is_submitted_all_that_can_ever_run_runs(byte[] night)
    {
        var queue = new MadeQueue(2);
        Play(queue, night, static _ => true);
        for (queue.Dispatch(); queue.Running.Any(); queue.Dispatch())
            queue.Running.First().State = JobState.Done;
        return queue.Waiting.All(job => !queue.IsPossible(job) || !job.IsReady);
    }

    [ForAll(MaxTest = 200)]
    public bool A_wide_job_starts_before_every_narrow_one_that_came_after_it(byte[] ends)
    {
        var queue = new MadeQueue(3);
        for (var i = 0; i < 5; i++)
            queue.Add(0, ["cpu"]);
        queue.Dispatch();
        var wide = queue.Add(0, ["cpu", "cpu", "cpu"]);
        foreach (var end in ends.Append((byte)0).Append((byte)0).Append((byte)0).Append((byte)0).Append((byte)0))
        {
            queue.Add(0, ["cpu"]); // a new narrow one for each that ends, for ever
            var running = queue.Running.ToList();
            running[end % running.Count].State = JobState.Done;
            queue.Dispatch();
            if (wide.State != JobState.Queued)
                break;
        }
        return wide.State == JobState.Processing && queue.Started.IndexOf(wide) == 5;
    }

    [Test]
    public void A_job_that_waits_for_another_keeps_nothing()
    {
        var queue = new MadeQueue(2);
        var first = queue.Add(0, ["camera:a"]);
        var wide = queue.Add(5, ["cpu", "cpu"], after: first);
        var narrow = queue.Add(0, ["cpu"]);
        queue.Dispatch();
        Assert.That((wide.State, narrow.State), Is.EqualTo((JobState.Queued, JobState.Processing)));
    }

    [Test]
    public void A_processor_is_not_kept_for_who_waits_for_a_mount()
    {
        var queue = new MadeQueue(2);
        var slewing = queue.Add(0, ["exclusive:mount"]);
        queue.Dispatch();
        var next = queue.Add(5, ["cpu", "exclusive:mount"]);
        var (first, second) = (queue.Add(0, ["cpu"]), queue.Add(0, ["cpu"]));
        queue.Dispatch();
        Assert.That((next.State, first.State, second.State), Is.EqualTo((JobState.Queued, JobState.Processing, JobState.Processing)));
        slewing.State = JobState.Done;
        var late = queue.Add(0, ["exclusive:mount"]);
        queue.Dispatch();
        Assert.That((next.State, late.State), Is.EqualTo((JobState.Queued, JobState.Queued)), "but the mount is kept for who waits for a processor");
        first.State = JobState.Done;
        queue.Dispatch();
        Assert.That((next.State, late.State), Is.EqualTo((JobState.Processing, JobState.Queued)));
    }

    [Test]
    public void A_job_that_this_machine_can_never_run_keeps_nothing()
    {
        var queue = new MadeQueue(2);
        var tooWide = queue.Add(5, ["cpu", "cpu", "cpu"]);
        var narrow = queue.Add(0, ["cpu"]);
        queue.Dispatch();
        Assert.That((tooWide.State, narrow.State), Is.EqualTo((JobState.Queued, JobState.Processing)));
    }

    [Test]
    public void A_wide_job_of_lower_priority_does_not_stop_one_of_higher()
    {
        var queue = new MadeQueue(2);
        queue.Add(0, ["cpu"]);
        queue.Dispatch();
        var wide = queue.Add(0, ["cpu", "cpu"]);
        var urgent = queue.Add(1, ["cpu"]);
        var late = queue.Add(0, ["cpu"]);
        queue.Dispatch();
        Assert.That((urgent.State, wide.State, late.State), Is.EqualTo((JobState.Processing, JobState.Queued, JobState.Queued)));
    }

    [Test]
    public void A_line_whose_slots_are_taken_is_not_read_however_long_it_is()
    {
        var queue = new MadeQueue(1);
        for (var i = 0; i < 1000; i++)
            queue.Add(0, ["cpu"]);
        queue.Dispatch();
        queue.Dispatch();
        Assert.That(queue.EntriesRead, Is.Zero);
    }

    [Test]
    public void A_blocked_wide_job_costs_a_look_at_the_head_of_its_line()
    {
        var queue = new MadeQueue(2);
        queue.Add(0, ["cpu"]);
        queue.Dispatch();
        for (var i = 0; i < 1000; i++)
            queue.Add(0, ["cpu", "cpu"]);
        for (var i = 0; i < 1000; i++)
            queue.Add(0, ["cpu"]);
        queue.Dispatch();
        Assert.That(queue.EntriesRead, Is.LessThanOrEqualTo(2));
    }

    private static int WantedBefore(MadeQueue queue, MadeQueue.Job job, string slot) => FirstReadyOfEachLine(queue)
        .Where(other => other != job && other.ComesBefore(job) && SlotNeed.Of(other.Slots).TakeWhile(need => need.Name != slot).All(need => queue.Free(need.Name) >= need.Count))
        .Sum(other => other.Count(slot));

    private static string? FirstLacking(MadeQueue queue, MadeQueue.Job job) => SlotNeed.Of(job.Slots).FirstOrDefault(need => queue.Free(need.Name) < need.Count)?.Name;

    private static IEnumerable<MadeQueue.Job> FirstReadyOfEachLine(MadeQueue queue) => queue.Waiting
        .Where(job => job.IsReady && queue.IsPossible(job))
        .GroupBy(static job => SlotNames.Encode(job.Slots))
        .Select(static line => line.MinBy(static job => job.Entry.Rank, StringComparer.Ordinal)!);

    private static bool Play(byte[] night, Func<MadeQueue, bool> holds) => Play(new MadeQueue(1 + (night.FirstOrDefault() % 3)), night, holds);

    /// <summary>Each byte is an event: a job is submitted, or one that runs ends. After each, whoever is about dispatches.</summary>
    private static bool Play(MadeQueue queue, byte[] night, Func<MadeQueue, bool> holds)
    {
        foreach (var what in night)
        {
            if (what >= 100 && queue.Running.Any())
                queue.Running.ElementAt(what % queue.Running.Count()).State = JobState.Done;
            else
                queue.Add((what % 5) - 2, Needs[what % Needs.Length], what % 7 == 0 ? queue.Waiting.FirstOrDefault() ?? queue.Running.FirstOrDefault() : null);
            queue.Dispatch();
            if (!holds(queue))
                return false;
        }
        return true;
    }
}
