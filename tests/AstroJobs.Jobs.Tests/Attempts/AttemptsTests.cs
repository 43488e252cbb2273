using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Attempts;

/// <summary>A new attempt in an old folder: whatever step its maker dies at, the ended attempt is whole and final, or the new one is queued.</summary>
public sealed class AttemptsTests : StoreFixture
{
    private JobFolder _folder = null!;
    private JobEngine _engine = null!;

    [SetUp]
    public void SetUp()
    {
        _engine = new JobEngine(new AstroJobsEnvironment { JobsFolder = Folder.Path, Self = ["/bin/false"], CallerFolder = Folder.Path }, TimeProvider.System);
        _folder = MadeJobs.Add(Store);
        _folder.WriteStatus(Ended(), durable: false);
        File.WriteAllText(_folder.Log, "first");
        File.WriteAllText(Path.Combine(_folder.Output, "frame.fits"), "product");
        File.WriteAllText(_folder.Result, "{}");
        File.WriteAllText(Path.Combine(_folder.Work, "scratch"), "scratch");
        File.WriteAllText(_folder.CancelRequest(1), "");
    }

    private string Kept(params string[] names) => Path.Combine([_folder.Path, "attempts", "1", .. names]);

    [Test]
    public void A_retry_keeps_what_was_and_begins_with_empty_folders()
    {
        var next = _engine.Retry(_folder);
        Assert.That((next.Attempt, next.State, next.Resumed), Is.EqualTo((2, JobState.Queued, false)));
        MustBeTheSecondAttempt();
    }

    [Test]
    public void A_resumed_job_has_its_products_and_its_scratch_and_only_the_old_result_is_put_away()
    {
        var (spec, status) = (_folder.ReadSpec() with { Resumable = true }, _folder.ReadStatus());
        _folder.Build(spec, status);
        var next = _engine.Resume(_folder);
        Assert.Multiple(() =>
        {
            Assert.That((next.Attempt, next.State, next.Resumed), Is.EqualTo((2, JobState.Queued, true)));
            Assert.That(File.ReadAllText(Path.Combine(_folder.Output, "frame.fits")), Is.EqualTo("product"));
            Assert.That(File.ReadAllText(Path.Combine(_folder.Work, "scratch")), Is.EqualTo("scratch"));
            Assert.That(File.Exists(_folder.Result), Is.False);
            Assert.That(File.Exists(Kept("output", "result.json")));
            Assert.That(new Queue(Store).Contains(spec, null), "it waits in line");
        });
    }

    [Test]
    public void A_kind_that_cannot_go_on_is_not_resumed()
    {
        Assert.That(() => _engine.Resume(_folder), Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo("not_resumable"));
        Assert.That(_folder.ReadStatus().Attempt, Is.EqualTo(1));
    }

    [Test]
    public void Dead_before_the_step_the_ended_attempt_is_whole()
    {
        _folder.Archive(1).WriteStatus(Ended());
        Assert.Multiple(() =>
        {
            Assert.That(_engine.Look(_folder).State, Is.EqualTo(JobState.Error));
            Assert.That(File.ReadAllText(_folder.LogOf(1)), Is.EqualTo("first"));
            Assert.That(File.Exists(_folder.Result));
            Assert.That(_engine.Retry(_folder).Attempt, Is.EqualTo(2), "it can be tried again");
        });
        MustBeTheSecondAttempt();
    }

    [Test]
    public void Dead_after_the_step_the_next_attempt_is_queued_by_the_next_look_and_tidied_by_its_starter([Range(0, 4)] int steps)
    {
        _folder.Archive(1).WriteStatus(Ended());
        _folder.WriteStatus(Transitions.Retry(Ended(), resumes: false, retries: 0, MadeJobs.Night), durable: true);
        Action[] way =
        [
            () => File.Delete(_folder.CancelRequest(1)),
            () => File.Move(_folder.Log, Kept("task.log")),
            () => Directory.Move(_folder.Output, Kept("output")),
            () => Directory.Delete(_folder.Work, recursive: true),
        ];
        foreach (var step in way[..steps])
            step();

        Assert.That(_engine.Look(_folder).State, Is.EqualTo(JobState.Queued));
        Assert.That(new Queue(Store).Contains(_folder.ReadSpec(), null), "it waits in line");
        _folder.Archive(1).Complete(keepWork: false);
        MustBeTheSecondAttempt();
    }

    [Test]
    public void Tidying_twice_takes_nothing_from_the_new_attempt()
    {
        _engine.Retry(_folder);
        File.WriteAllText(_folder.Log, "second");
        _folder.Archive(1).Complete(keepWork: false);
        Assert.That(File.ReadAllText(_folder.Log), Is.EqualTo("second"));
        Assert.That(File.ReadAllText(_folder.LogOf(1)), Is.EqualTo("first"));
    }

    [Test]
    public void An_attempt_that_was_never_started_does_not_take_over_what_the_one_before_left()
    {
        _folder.Archive(1).WriteStatus(Ended());
        _folder.WriteStatus(Transitions.Cancel(Transitions.Retry(Ended(), resumes: false, retries: 0, MadeJobs.Night), MadeJobs.Night), durable: true); // and nobody tidied
        Assert.That(_engine.Retry(_folder).Attempt, Is.EqualTo(3));
        Assert.That((File.ReadAllText(_folder.LogOf(1)), File.ReadAllText(_folder.LogOf(2)), File.ReadAllText(_folder.LogOf(3))), Is.EqualTo(("first", "", "")));
        Assert.That(File.Exists(Kept("output", "frame.fits")));
    }

    [TestCase(JobState.Done, "not_retryable")]
    [TestCase(JobState.Queued, "job_running")]
    public void Another_state_is_refused_and_nothing_changes(JobState state, string code)
    {
        _folder.WriteStatus(MadeJobs.Status(state, _folder.ReadSpec()), durable: false);
        Assert.That(() => _engine.Retry(_folder), Throws.TypeOf<JobException>().With.Property(nameof(JobException.Code)).EqualTo(code));
        Assert.That(_folder.ReadStatus().Attempt, Is.EqualTo(1));
        Assert.That(Directory.Exists(Kept()), Is.False);
    }

    private JobStatus Ended()
    {
        var began = Transitions.Begin(MadeJobs.Status(spec: _folder.ReadSpec()), new WorkerIdentity(1, 2, "boot", "host", "local"), MadeJobs.Night);
        return Transitions.Fail(began, new JobError(ErrorCode.ToolFailed, "It failed."), MadeJobs.Night);
    }

    private void MustBeTheSecondAttempt() => Assert.Multiple(() =>
    {
        var status = _folder.ReadStatus();
        Assert.That((status.Attempt, status.State), Is.EqualTo((2, JobState.Queued)));
        Assert.That(_folder.Archive(1).TryReadStatus(), Has.Property(nameof(JobStatus.State)).EqualTo(JobState.Error).And.Property(nameof(JobStatus.Attempt)).EqualTo(1));
        Assert.That(File.ReadAllText(_folder.LogOf(1)), Is.EqualTo("first"));
        Assert.That(File.ReadAllText(Kept("output", "frame.fits")), Is.EqualTo("product"));
        Assert.That(File.Exists(Kept("output", "result.json")));
        Assert.That(File.ReadAllText(_folder.LogOf(2)), Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Output), Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.Work), Is.Empty);
        Assert.That(File.Exists(_folder.CancelRequest(1)), Is.False);
    });
}
