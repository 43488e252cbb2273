using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Attempts;

/// <summary>
/// One job on disk, what may happen to it, and a model of what must come of that. The engine's own parts make each step; who works on the
/// job, and who dies, is played here. After each step the disk is held against the model, and how an attempt ended against what was seen first.
/// </summary>
internal sealed class AttemptMachine : IDisposable
{
    private const int Retries = 2;

    /// <summary>Of another boot: nobody looks for its processes.</summary>
    private static readonly WorkerIdentity Someone = new(4242, 123456, "another boot", "pi4", "local");

    private readonly TempFolder _temp = TempFolder.InMemory();
    private readonly TimeThatRings _time = new();
    private readonly JobSpec _spec;
    private readonly JobFolder _folder;
    private readonly Queue _queue;
    private readonly Jobs.Running.Attempts _attempts;
    private readonly Recovery _recovery;
    private readonly Canceller _canceller;
    private readonly Retrier _retrier;
    private readonly Remover _remover;
    private readonly Dictionary<int, string> _ends = [];

    private FolderLock? _lock;
    private StatusWriter? _worker;
    private JobState _state = JobState.Queued;
    private int _attempt = 1;
    private int _retriesLeft = Retries;
    private bool _isLost;
    private bool _isGone;

    public AttemptMachine()
    {
        var store = new JobStore(_temp.Path);
        _spec = MadeJobs.Spec() with { Resumable = true, Retries = Retries, RetryDelay = TimeSpan.FromSeconds(10) };
        _folder = MadeJobs.Add(store, spec: _spec);
        _queue = new Queue(store);
        _queue.Add(_spec, null);
        _attempts = MadeJobs.Attempts(store, _time);
        _recovery = MadeJobs.Recovery(store, _time);
        _canceller = new Canceller(_recovery, _queue, MadeJobs.Executor(store), _time);
        _retrier = new Retrier(_recovery, _attempts, _queue, _time);
        _remover = new Remover(store, _queue);
    }

    public void Dispose()
    {
        Release();
        _temp.Dispose();
    }

    /// <summary>What cannot happen in the state that the job is in does not.</summary>
    public void Do(AttemptStep step)
    {
        if (_isGone)
            return;
        switch (step)
        {
            case AttemptStep.Start when _state == JobState.Queued && !_isLost:
                Start();
                break;
            case AttemptStep.DieStarting when _state == JobState.Queued && !_isLost:
                Claim();
                Release();
                _isLost = true;
                break;
            case AttemptStep.Report when _worker is not null:
                _worker.Report(new JobProgress(1, 2, "phase", "half of it"));
                break;
            case AttemptStep.Finish when _worker is not null:
                _worker.Transit(Transitions.Done);
                Release();
                _state = JobState.Done;
                break;
            case AttemptStep.Fail when _worker is not null:
                Fail(ErrorCode.ToolFailed, canPass: true);
                break;
            case AttemptStep.FailForGood when _worker is not null:
                Fail(ErrorCode.BadInput, canPass: false);
                break;
            case AttemptStep.Die when _worker is not null:
                Release();
                _isLost = true;
                break;
            case AttemptStep.DieTryingAgain when _worker is not null && _retriesLeft > 0:
                _folder.Archive(_attempt).WriteStatus(Transitions.Fail(_worker.Current, new JobError(ErrorCode.ToolFailed, "It failed."), _time.GetUtcNow()));
                Release();
                _isLost = true;
                break;
            case AttemptStep.Look:
                _recovery.Look(_folder);
                Seen();
                break;
            case AttemptStep.Cancel:
                Cancel(() => End(Transitions.Cancel(_worker!.Current, _time.GetUtcNow()), JobState.Cancelled));
                break;
            case AttemptStep.CancelTooLate when _worker is not null:
                Cancel(() => Fail(ErrorCode.ToolFailed, canPass: true));
                break;
            case AttemptStep.Retry:
                Begin(resume: false);
                break;
            case AttemptStep.Resume:
                Begin(resume: true);
                break;
            case AttemptStep.AskOldAttemptsToStop:
                for (var old = 1; old < _attempt; old++)
                    File.WriteAllText(_folder.CancelRequest(old), "");
                break;
            case AttemptStep.Delete when _worker is null:
                _remover.Delete(_folder);
                _isGone = true;
                break;
        }
        Check();
    }

    private void Claim()
    {
        _lock = FolderLock.TryAcquire(_folder.Lock) ?? throw new InvalidOperationException("Somebody holds a job that nobody works on.");
        var status = _folder.ReadStatus();
        _folder.WriteStatus(Transitions.Starting(status, _time.GetUtcNow()), durable: false);
        if (status.Attempt > 1)
            _folder.Archive(status.Attempt - 1).Complete(keepWork: status.Resumed);
        _queue.Remove(_folder, status.NotBefore);
    }

    private void Start()
    {
        Claim();
        _worker = new StatusWriter(_folder, _folder.ReadStatus(), _time);
        _worker.Transit(static (now, at) => Transitions.Begin(now, Someone, at));
        _state = JobState.Processing;
    }

    private void Release()
    {
        _worker?.Dispose();
        _lock?.Dispose();
        (_worker, _lock) = (null, null);
    }

    private void Fail(string code, bool canPass)
    {
        _worker!.Transit((now, at) => Transitions.Fail(now, new JobError(code, "It failed."), at), ended => _attempts.End(_folder, ended));
        Release();
        Failed(canPass);
    }

    private void End(JobStatus ended, JobState state)
    {
        _worker!.Transit((_, _) => ended);
        Release();
        _state = state;
    }

    /// <summary>A worker that runs hears of it while the canceller waits.</summary>
    private void Cancel(Action whenWorkerHears)
    {
        _time.Waited = () =>
        {
            if (_worker is not null && File.Exists(_folder.CancelRequest(_attempt)))
                whenWorkerHears();
        };
        var answer = _canceller.CancelAsync(_folder, CancellationToken.None).GetAwaiter().GetResult();
        _time.Waited = null;
        Seen();
        if (_state is JobState.Queued or JobState.Processing)
            _state = JobState.Cancelled;
        Must(answer.State == _state && answer.Attempt == _attempt, $"cancel answers {answer.State} of attempt {answer.Attempt}");
    }

    private void Begin(bool resume)
    {
        var refusal = null as string;
        try
        {
            _retrier.Retry(_folder, resume);
        }
        catch (JobException error)
        {
            refusal = error.Code;
        }
        Seen();
        var expected = _state switch
        {
            JobState.Queued or JobState.Processing => ErrorCode.JobRunning,
            JobState.Done => resume ? ErrorCode.NotResumable : ErrorCode.NotRetryable,
            _ => null,
        };
        Must(refusal == expected, $"a new attempt is refused as {refusal}");
        if (expected is null)
            (_state, _attempt, _retriesLeft) = (JobState.Queued, _attempt + 1, Retries);
    }

    /// <summary>Somebody looked: a lost attempt has ended.</summary>
    private void Seen()
    {
        if (!_isLost)
            return;
        _isLost = false;
        Failed(canPass: true);
    }

    private void Failed(bool canPass)
    {
        if (canPass && _retriesLeft > 0)
            (_state, _attempt, _retriesLeft) = (JobState.Queued, _attempt + 1, _retriesLeft - 1);
        else
            _state = JobState.Error;
    }

    private void Check()
    {
        Must(_folder.Exists == !_isGone, "it is there");
        if (_isGone)
            return;
        var status = _folder.ReadStatus();
        Must((status.State, status.Attempt, status.RetriesLeft) == (_state, _attempt, _retriesLeft), $"on disk it is {status.State}, attempt {status.Attempt}, {status.RetriesLeft} retries left");
        for (var attempt = 1; attempt < _attempt; attempt++)
            Ended(_folder.Archive(attempt).TryReadStatus(), attempt);
        if (status.IsFinal)
            Ended(status, _attempt);
        else if (_folder.Archive(_attempt).TryReadStatus() is { } over)
            Ended(over, _attempt);
        if (_state == JobState.Queued && !_isLost)
            Must(_queue.Contains(_spec, status.NotBefore), "it has its place");
        Must(_worker is null || !File.Exists(_folder.CancelRequest(_attempt)), "nobody has asked this attempt to stop");
    }

    /// <summary>Each attempt ends once: what is seen first stays, word for word.</summary>
    private void Ended(JobStatus? end, int attempt)
    {
        Must(end is { IsFinal: true } && end.Attempt == attempt, $"attempt {attempt} has its record");
        var text = System.Text.Encoding.UTF8.GetString(JobsText.Write(end!));
        if (!_ends.TryAdd(attempt, text))
            Must(_ends[attempt] == text, $"the end of attempt {attempt} stays");
    }

    private void Must(bool condition, string what)
    {
        if (!condition)
            throw new InvalidOperationException($"Not so: {what}. The model: {_state}, attempt {_attempt}, {_retriesLeft} retries left{(_isLost ? ", lost" : "")}.");
    }

    /// <summary>Goes on by a second with each look at it; who waits, waits for what the machine does meanwhile.</summary>
    private sealed class TimeThatRings : TimeProvider
    {
        private DateTimeOffset _now = MadeJobs.Night;

        public Action? Waited { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _now = _now.AddSeconds(1);

        public override long GetTimestamp() => GetUtcNow().UtcTicks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited?.Invoke();
            return base.CreateTimer(callback, state, Waited is null ? dueTime : TimeSpan.Zero, period);
        }
    }
}
