using System.Diagnostics;
using System.Globalization;
using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Attempts;

/// <summary>What is left of an attempt cannot touch the next one.</summary>
public sealed class OldMarksTests : StoreFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<Process> _processes = [];
    private JobFolder _folder = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = MadeJobs.Add(Store);
    }

    [TearDown]
    public void TearDown()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.Dispose();
        }
        _processes.Clear();
    }

    [Test]
    public void An_attempt_heeds_its_own_cancel_file_alone()
    {
        using var stop = new StopRequest(_folder.CancelRequest(2), TimeProvider.System);
        File.WriteAllText(_folder.CancelRequest(1), "");
        stop.Look();
        Assert.That((stop.IsCancel, stop.Token.IsCancellationRequested), Is.EqualTo((false, false)));
        File.WriteAllText(_folder.CancelRequest(2), "");
        stop.Look();
        Assert.That((stop.IsCancel, stop.Token.IsCancellationRequested), Is.EqualTo((true, true)));
    }

    [Test]
    public void The_processes_of_an_attempt_are_not_those_of_another()
    {
        var (first, second) = (Start(1), Start(2));
        Assert.That(() => MarkedProcesses.OfAttempt(Status(1)).Alive().Select(static process => process.Pid), Is.EqualTo([first.Id]).After(20_000, 10));
        Assert.That(() => MarkedProcesses.OfAttempt(Status(2)).Alive().Select(static process => process.Pid), Is.EqualTo([second.Id]).After(20_000, 10));
    }

    [Test]
    public async Task A_canceller_of_an_attempt_that_ended_meanwhile_leaves_the_next_one_alone()
    {
        var (first, second) = (Start(1), Start(2));
        using var worker = FolderLock.TryAcquire(_folder.Lock); // the lock of the first, then of the second
        _folder.WriteStatus(Transitions.Begin(_folder.ReadStatus(), Identity(first), MadeJobs.Night), durable: false);
        var queue = new Queue(Store);
        var canceller = new Canceller(MadeJobs.Recovery(Store, TimeProvider.System), queue, MadeJobs.Executor(Store), new TimeThatActs(Retry));

        var answer = await canceller.CancelAsync(_folder, CancellationToken.None);

        Assert.That((answer.Attempt, answer.State), Is.EqualTo((1, JobState.Error)), "how the attempt ended that was to be cancelled");
        Assert.That(first.WaitForExit(Patience), "it was signalled");
        Assert.That(second.HasExited, Is.False);
        Assert.That((_folder.ReadStatus().Attempt, _folder.ReadStatus().State), Is.EqualTo((2, JobState.Processing)));

        void Retry()
        {
            var status = _folder.ReadStatus();
            if (status.Attempt == 2)
                return;
            var ended = Transitions.Fail(status, new JobError(ErrorCode.ToolFailed, "It failed."), MadeJobs.Night);
            var next = Transitions.Retry(ended, resumes: false, retries: 0, MadeJobs.Night);
            MadeJobs.Attempts(Store, TimeProvider.System).Begin(_folder, _folder.ReadSpec(), ended, next);
            _folder.WriteStatus(Transitions.Begin(next, Identity(second), MadeJobs.Night), durable: false);
        }
    }

    private JobStatus Status(int attempt) => _folder.ReadStatus() with { Attempt = attempt };

    private static WorkerIdentity Identity(Process process) =>
        new(process.Id, ProcessIdentity.TryRead(process.Id)!.StartTicks, HostIdentity.BootId, HostIdentity.Name, "local");

    /// <summary>A process with the marks of an attempt.</summary>
    private Process Start(int attempt)
    {
        var start = new ProcessStartInfo("/bin/sleep", ["60"]);
        start.Environment[Worker.JobVariable] = _folder.Id.ToString();
        start.Environment[Worker.AttemptVariable] = attempt.ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(start)!;
        _processes.Add(process);
        return process;
    }

    /// <summary>Does something whenever somebody begins to wait.</summary>
    private sealed class TimeThatActs(Action act) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            act();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
