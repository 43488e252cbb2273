using AstroJobs.Jobs.Running;
using ForAll = FsCheck.NUnit.PropertyAttribute;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class TransitionsTests
{
    private static readonly WorkerIdentity Someone = new(4242, 123456, "boot", "pi4", "local");
    private static readonly JobError Failure = new(ErrorCode.ToolFailed, "It failed.");

    private static readonly Func<JobStatus, DateTimeOffset, JobStatus>[] Steps =
    [
        Transitions.Starting,
        static (status, now) => Transitions.Begin(status, Someone, now),
        static (status, now) => Transitions.Advance(status, new JobProgress(1, 2, "read", "one"), now),
        Transitions.Done,
        static (status, now) => Transitions.Fail(status, Failure, now),
        Transitions.Cancel,
        static (status, now) => Transitions.Retry(status, resumes: false, retries: 2, now),
        static (status, now) => Transitions.Retry(status, resumes: true, retries: 0, now),
        static (status, now) => Transitions.RetryByItself(status, resumes: false, now.AddMinutes(1), now),
    ];

    // The arrows of the design: queued → processing → done | error | cancelled; queued → cancelled | error; a new attempt begins queued.
    private static readonly HashSet<(JobState, JobState)> Arrows =
    [
        (JobState.Queued, JobState.Queued), (JobState.Processing, JobState.Processing), // starting, progress
        (JobState.Queued, JobState.Processing), (JobState.Queued, JobState.Cancelled), (JobState.Queued, JobState.Error),
        (JobState.Processing, JobState.Done), (JobState.Processing, JobState.Error), (JobState.Processing, JobState.Cancelled),
        (JobState.Error, JobState.Queued), (JobState.Cancelled, JobState.Queued),
    ];

    [ForAll(MaxTest = 500)]
    public bool Whatever_is_tried_only_the_arrows_of_the_design_are_gone(byte[] tries) =>
        Walk(tries).All(static step => step.After is null || Arrows.Contains((step.Before.State, step.After.State)));

    [ForAll(MaxTest = 500)]
    public bool The_way_out_of_a_final_state_is_the_next_attempt_and_that_begins_anew(byte[] tries) =>
        Walk(tries).Where(static step => step.Before.IsFinal).Select(static step => (step.Before, step.After)).All(static step => step.After is not { } after
            || (after is { State: JobState.Queued, Progress: null, Worker: null, StartedAt: null, FinishedAt: null, Error: null } && after.Attempt == step.Before.Attempt + 1));

    [ForAll(MaxTest = 500)]
    public bool Only_a_new_attempt_changes_the_attempt_by_one_and_it_never_falls(byte[] tries) =>
        Walk(tries).All(static step => step.After is not { } after || after.Attempt - step.Before.Attempt == (step.Before.IsFinal ? 1 : 0));

    [ForAll(MaxTest = 500)]
    public bool Every_attempt_before_the_last_has_ended_exactly_once(byte[] tries)
    {
        var made = Walk(tries).Select(static step => step.After).OfType<JobStatus>().ToList();
        var ends = made.Where(static status => status.IsFinal).CountBy(static status => status.Attempt).ToDictionary();
        var last = made.Count == 0 ? 1 : made[^1].Attempt;
        return Enumerable.Range(1, last).All(attempt => ends.GetValueOrDefault(attempt) == (attempt < last || made is [.., { IsFinal: true }] ? 1 : 0));
    }

    [ForAll(MaxTest = 500)]
    public bool An_ended_job_has_its_end_time_and_only_a_failed_one_an_error(byte[] tries) =>
        Walk(tries).Select(static step => step.After).OfType<JobStatus>().All(static status =>
            (status.FinishedAt is not null) == status.IsFinal
            && (status.Error is not null) == (status.State == JobState.Error)
            && !(status.IsFinal && status.WaitingFor is not null));

    [ForAll(MaxTest = 500)]
    public bool What_the_job_is_never_changes(byte[] tries) =>
        Walk(tries).All(static step => step.After is not { } after
            || (after.JobId == step.Before.JobId && after.CreatedAt == step.Before.CreatedAt && after.UpdatedAt >= step.Before.UpdatedAt));

    [ForAll(MaxTest = 500)]
    public bool No_duration_is_negative_whatever_the_clock_does(byte[] tries) =>
        Walk(tries).Select(static step => step.After).OfType<JobStatus>().All(static status =>
            status.CreatedAt <= (status.StartedAt ?? status.UpdatedAt)
            && (status.FinishedAt is not { } end || (end == status.UpdatedAt && (status.StartedAt ?? status.CreatedAt) <= end)));

    [ForAll(MaxTest = 500)]
    public bool The_engine_tries_again_only_what_failed_as_often_as_was_asked_for_and_says_why(byte[] tries) =>
        Walk(tries).All(static step => step.After is not { NotBefore: not null, State: JobState.Queued } after
            || !step.Before.IsFinal
            || (step.Before is { State: JobState.Error, RetriesLeft: > 0 } && after.RetriesLeft == step.Before.RetriesLeft - 1 && after.LastError == step.Before.Error));

    [Test]
    public void Done_is_only_reached_from_processing() =>
        Assert.That(() => Transitions.Done(MadeJobs.Status(), MadeJobs.Night), Throws.InvalidOperationException);

    [Test]
    public void A_done_job_is_not_tried_again() =>
        Assert.That(() => Transitions.Retry(MadeJobs.Status(JobState.Done), resumes: false, retries: 0, MadeJobs.Night), Throws.InvalidOperationException);

    [Test]
    public void A_lost_worker_is_named_with_its_pid_and_host() =>
        Assert.That(Transitions.WorkerLost(MadeJobs.Status() with { Worker = Someone }).Message, Does.Contain("4242").And.Contain("pi4"));

    /// <summary>Tries the steps one after the other, while the clock jumps to and fro by days; a refused one leaves the status as it is and is told by null.</summary>
    private static IEnumerable<(JobStatus Before, JobStatus? After)> Walk(byte[] tries)
    {
        var status = MadeJobs.Status();
        var now = MadeJobs.Night;
        foreach (var choice in tries)
        {
            now = now.AddHours((choice / Steps.Length) - 12);
            var after = Try(Steps[choice % Steps.Length], status, now);
            yield return (status, after);
            status = after ?? status;
        }
    }

    private static JobStatus? Try(Func<JobStatus, DateTimeOffset, JobStatus> step, JobStatus status, DateTimeOffset now)
    {
        try
        {
            return step(status, now);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
