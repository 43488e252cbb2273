using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// The running worker's hand on status.json. Transitions are durable; progress is not synced and is written at most five times a
/// second, the last report always within that time.
/// </summary>
internal sealed class StatusWriter : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly JobFolder _folder;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long? _lastWrite;
    private JobProgress? _pending;

    public StatusWriter(JobFolder folder, JobStatus current, TimeProvider time)
    {
        (_folder, Current, _time) = (folder, current, time);
        _timer = time.CreateTimer(_ => WritePending(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public JobStatus Current { get; private set; }

    /// <summary>Makes a step of the state machine, on disk before this returns.</summary>
    public void Transit(Func<JobStatus, DateTimeOffset, JobStatus> step) => Transit(step, WriteDurably);

    /// <param name="record">Puts the step on disk, or another one in its stead; returns what is there then.</param>
    public void Transit(Func<JobStatus, DateTimeOffset, JobStatus> step, Func<JobStatus, JobStatus> record)
    {
        lock (_gate)
        {
            if (_pending is { } progress && Current.State == JobState.Processing)
                Current = Transitions.Advance(Current, progress, _time.GetUtcNow());
            _pending = null;
            Current = record(step(Current, _time.GetUtcNow()));
        }
    }

    public void Report(JobProgress progress)
    {
        lock (_gate)
        {
            if (Current.State != JobState.Processing)
                return;
            var isScheduled = _pending is not null;
            _pending = progress;
            var wait = _lastWrite is { } last ? Interval - _time.GetElapsedTime(last) : TimeSpan.Zero;
            if (wait <= TimeSpan.Zero)
                WritePending();
            else if (!isScheduled)
                _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();

    private JobStatus WriteDurably(JobStatus next)
    {
        _folder.WriteStatus(next, durable: true);
        return next;
    }

    private void WritePending()
    {
        lock (_gate)
        {
            if (_pending is not { } progress || Current.State != JobState.Processing)
                return;
            _pending = null;
            _lastWrite = _time.GetTimestamp();
            Current = Transitions.Advance(Current, progress, _time.GetUtcNow());
            try
            {
                _folder.WriteStatus(Current, durable: false);
            }
            catch (IOException)
            {
                // A full disk must not end the work for the sake of a progress bar; the terminal record will say what happened.
            }
        }
    }
}
