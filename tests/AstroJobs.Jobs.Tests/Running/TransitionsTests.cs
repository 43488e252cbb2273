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
    ];

    // The arrows of the design: queued → processing → done | error | cancelled; queued → cancelled | error.
    private static readonly HashSet<(JobState, JobState)> Arrows =
    [
        (JobState.Queued, JobState.Queued), (JobState.Processing, JobState.Processing), // starting, progress
        (JobState.Queued, JobState.Processing), (JobState.Queued, JobState.Cancelled), (JobState.Queued, JobState.Error),
        (JobState.Processing, JobState.Done), (JobState.Processing, JobState.Error), (JobState.Processing, JobState.Cancelled),
    ];

    [ForAll(MaxTest = 500)]
    public bool Whatever_is_tried_only_the_arrows_of_the_design_are_gone(byte[] tries) =>
        Walk(tries).All(static step => step.After is null || Arrows.Contains((step.Before.State, step.After.State)));

    [ForAll(MaxTest = 500)]
    public bool A_final_state_has_no_way_out(byte[] tries) => Walk(tries).All(static step => !step.Before.IsFinal || step.After is null);

    [ForAll(MaxTest = 500)]
    public bool An_ended_job_has_its_end_time_and_only_a_failed_one_an_error(byte[] tries) =>
        Walk(tries).Select(static step => step.After).OfType<JobStatus>().All(static status =>
            (status.FinishedAt is not null) == status.IsFinal
            && (status.Error is not null) == (status.State == JobState.Error)
            && !(status.IsFinal && status.WaitingFor is not null));

    [ForAll(MaxTest = 500)]
    public bool What_the_job_is_never_changes(byte[] tries) =>
        Walk(tries).All(static step => step.After is not { } after
            || (after.JobId == step.Before.JobId && after.CreatedAt == step.Before.CreatedAt && after.Attempt == step.Before.Attempt && after.UpdatedAt > step.Before.UpdatedAt));

    [Test]
    public void Done_is_only_reached_from_processing() =>
        Assert.That(() => Transitions.Done(MadeJobs.Status(), MadeJobs.Night), Throws.InvalidOperationException);

    [Test]
    public void A_lost_worker_is_named_with_its_pid_and_host() =>
        Assert.That(Transitions.WorkerLost(MadeJobs.Status() with { Worker = Someone }).Message, Does.Contain("4242").And.Contain("pi4"));

    /// <summary>Tries the steps one after the other; a refused one leaves the status as it is and is told by null.</summary>
    private static IEnumerable<(JobStatus Before, JobStatus? After)> Walk(byte[] tries)
    {
        var status = MadeJobs.Status();
        var now = MadeJobs.Night;
        foreach (var choice in tries)
        {
            now = now.AddSeconds(1);
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
