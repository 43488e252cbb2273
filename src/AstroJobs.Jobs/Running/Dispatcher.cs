using AstroJobs.Jobs.Executors;
using AstroJobs.Jobs.Faults;
using AstroJobs.Jobs.Store;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// Starts what can start. Everybody calls it: who submits, who ends and frees a slot, who only looks. One at a time works on a store;
/// a job is started by whoever holds its lock, and that lock passes to the worker without a gap, so it is never started twice.
/// </summary>
internal sealed class Dispatcher(JobStore store, Queue queue, Slots slots, LocalExecutor executor, Recovery recovery, Attempts attempts, Alarm alarm, TimeProvider time, ILogger? log = null)
{
    /// <summary>Another dispatcher is done within milliseconds; one that was stopped must not hold up its callers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Who must start now or not at all waits for its turn among many such callers.</summary>
    private static readonly TimeSpan StartNowPatience = TimeSpan.FromSeconds(30);

    private int _started;

    /// <summary>
    /// What cannot be started now, because the disk is full or the store may only be read, stays queued for the next dispatcher: whoever
    /// submitted or looked has his answer all the same.
    /// </summary>
    /// <returns>How many jobs were started.</returns>
    public int Run()
    {
        var before = _started;
        try
        {
            if (queue.HasLines || queue.Later.Earliest() <= time.GetUtcNow())
                ServeInTurn();
            alarm.Ensure();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log?.LogWarning("No job can be started now: {Message}", error.Message);
        }
        return _started - before;
    }

    private void ServeInTurn()
    {
        using var turn = FolderLock.Acquire(Path.Combine(store.Engine, "dispatch"), Patience);
        while (turn is not null && ServeAll())
        {
            // A job that failed for another's sake may be what a job of a line served before waits for.
        }
    }

    /// <summary>
    /// Makes a job and starts it, or refuses it before it is made. The slots are taken first, and only dispatchers take slots, one at a
    /// time: so nobody comes between. Who waits already goes first.
    /// </summary>
    /// <param name="complete">Gives the job its name and its place in the queue, and leaves its lock free.</param>
    /// <exception cref="BusyException">It would have to wait.</exception>
    public void StartNow(JobSpec spec, Action complete)
    {
        using var turn = FolderLock.Acquire(Path.Combine(store.Engine, "dispatch"), StartNowPatience)
            ?? throw new JobException(ErrorCode.Busy, "Another astrojobs has been starting jobs of this store for half a minute.", "Is it stopped? End it, then try again.");
        while (ServeAll())
        {
        }
        if (recovery.CheckDependencies(spec).WaitsFor is { } other)
            throw new BusyException(BusyException.AfterJob, other);
        StartInItsTurn(spec, complete);
    }

    /// <summary>Who stands before it in the order of all lines has his turn first, and may keep slots for himself that are free.</summary>
    private void StartInItsTurn(JobSpec spec, Action complete)
    {
        var entry = new QueueEntry(queue.EntryOf(spec), spec.JobId);
        var line = new QueueLine(spec.Slots, () => [entry]);
        var plan = new DispatchPlan([.. queue.Lines(), line], slots.Look);
        while (plan.Next() is { } turn)
        {
            if (turn.Line != line)
            {
                plan.Settle(turn, Take(turn));
                continue;
            }
            if (!turn.MayStart || TryAcquire(spec.Slots) is not { } held)
                break;
            StartNew(spec, entry, held, complete);
            return;
        }
        var taken = plan.Lacking(line.Needs) ?? spec.Slots[0];
        throw new BusyException(taken, slots.HolderOf(taken) ?? plan.KeptFor(taken));
    }

    private void StartNew(JobSpec spec, QueueEntry entry, IReadOnlyList<FolderLock> held, Action complete)
    {
        try
        {
            complete();
            if (TryStart(entry, store.Open(spec.JobId), spec, held) == TurnOutcome.Started)
                queue.Remove(store.Open(spec.JobId), spec.StartAt); // it stands among the timed ones when its time is past
        }
        finally
        {
            LetGo(held);
        }
    }

    /// <returns>Whether a job ended without being started.</returns>
    private bool ServeAll()
    {
        FailPoints.Pass(FailPoint.DispatchTurnTaken);
        QueueDue();
        var ended = false;
        var plan = new DispatchPlan(queue.Lines(), slots.Look);
        while (plan.Next() is { } turn)
        {
            var outcome = Take(turn);
            ended |= outcome == TurnOutcome.Ended;
            plan.Settle(turn, outcome);
        }
        return ended;
    }

    /// <summary>Those whose time has come go into their lines.</summary>
    private void QueueDue()
    {
        foreach (var entry in queue.Later.Due(time.GetUtcNow()))
        {
            try
            {
                queue.MoveIntoLine(entry, store.Open(entry.Job).ReadSpec());
            }
            catch (JobException error) when (error.Code is ErrorCode.JobNotFound or ErrorCode.Corrupt)
            {
                if (error.Code == ErrorCode.Corrupt || !IsComing(entry.Job))
                    entry.Remove(); // deleted meanwhile, or reported by whoever looks at it
            }
        }
    }

    /// <summary>Whether a job that was not there a moment ago is being built, or has just got its name: its entry comes first.</summary>
    private bool IsComing(JobId id) => store.OpenUnderConstruction(id).IsLocked || store.Open(id).HasSpec;

    private TurnOutcome Take(QueueTurn turn)
    {
        var entry = turn.Entry;
        var folder = store.Open(entry.Job);
        try
        {
            var spec = folder.ReadSpec();
            if (Glance(folder, spec, turn.MayStart) is { } known)
                return known;
            if (!turn.MayStart)
                return TryStart(entry, folder, spec, held: null);
            if (TryAcquire(turn.Line.Slots) is not { } held)
                return TurnOutcome.Blocked;
            try
            {
                return TryStart(entry, folder, spec, held);
            }
            finally
            {
                LetGo(held); // a started worker keeps its own copy
            }
        }
        catch (JobException error) when (error.Code is ErrorCode.JobNotFound or ErrorCode.Corrupt)
        {
            if (error.Code == ErrorCode.JobNotFound && IsComing(entry.Job))
                return TurnOutcome.Waits;
            entry.Remove(); // deleted meanwhile, or reported by whoever looks at it
            return TurnOutcome.Ended;
        }
    }

    /// <summary>
    /// What can be said of a job without its lock; null when there is something to do. Who waits for a job is woken by all that happens to its
    /// lock and dispatches: taken at every look, it would wake him again and again.
    /// </summary>
    private TurnOutcome? Glance(JobFolder folder, JobSpec spec, bool mayStart)
    {
        if (mayStart && spec.After.Count + spec.AfterAny.Count == 0)
            return null;
        var status = folder.ReadStatus();
        if (status.State != JobState.Queued || status.NotBefore > time.GetUtcNow())
            return null;
        var dependencies = recovery.CheckDependencies(spec);
        if (dependencies.WaitsFor is not null)
            return TurnOutcome.Waits;
        return dependencies.Failed is null && !mayStart ? TurnOutcome.Blocked : null;
    }

    /// <summary>A free slot that names a job lost the worker that held it: what that worker started may still use the camera. Then it is let go.</summary>
    private IReadOnlyList<FolderLock>? TryAcquire(IReadOnlyList<string> names)
    {
        if (slots.TryAcquire(names) is not { } held)
            return null;
        for (var i = 0; i < held.Count; i++)
        {
            if (held[i].ReadNote() is not { } last || recovery.HasLeft(last))
                continue;
            LetGo(held);
            return null;
        }
        FailPoints.Pass(FailPoint.DispatchSlotsTaken);
        return held;
    }

    private static void LetGo(IReadOnlyList<FolderLock> held)
    {
        foreach (var slot in held)
            slot.Dispose();
    }

    /// <param name="held">Its slots; null when there is no room for it.</param>
    private TurnOutcome TryStart(QueueEntry entry, JobFolder folder, JobSpec spec, IReadOnlyList<FolderLock>? held)
    {
        using var claim = FolderLock.TryAcquire(folder.Lock);
        if (claim is null)
            return TurnOutcome.Waits; // being cancelled, deleted or submitted at this moment
        FailPoints.Pass(FailPoint.DispatchJobClaimed);
        var status = folder.ReadStatus();
        if (status.State != JobState.Queued)
        {
            entry.Remove();
            return TurnOutcome.Ended;
        }
        if (status.NotBefore is { } notBefore && notBefore > time.GetUtcNow())
        {
            queue.Add(spec, notBefore); // the clock was set back, or its status was, behind this entry
            entry.Remove();
            return TurnOutcome.Waits;
        }
        var dependencies = recovery.CheckDependencies(spec);
        if (dependencies.WaitsFor is not null)
            return TurnOutcome.Waits;
        if (dependencies.Failed is { } failure)
        {
            if (spec.Follows is not null && dependencies.IsCancelled)
                CancelFollower(folder, status);
            else
                Fail(folder, status, failure);
            entry.Remove();
            return TurnOutcome.Ended;
        }
        if (held is null)
            return TurnOutcome.Blocked;
        Start(folder, status, claim, held);
        FailPoints.Pass(FailPoint.DispatchWorkerSpawned);
        entry.Remove();
        FailPoints.Pass(FailPoint.DispatchEntryRemoved);
        return TurnOutcome.Started;
    }

    private void Start(JobFolder folder, JobStatus status, FolderLock claim, IReadOnlyList<FolderLock> held)
    {
        folder.WriteStatus(Transitions.Starting(status, time.GetUtcNow()), durable: false);
        FailPoints.Pass(FailPoint.DispatchStatusMarked);
        foreach (var slot in held)
            slot.Note(folder.Id);
        try
        {
            if (status.Attempt > 1)
                folder.Archive(status.Attempt - 1).Complete(keepWork: status.Resumed);
            executor.Start(folder, status.Attempt, claim, held);
            _started++;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var failure = new JobError(ErrorCode.IoError, $"The worker could not be started: {error.Message}", "`astrojobs doctor` looks for what is missing.");
            Fail(folder, status, failure);
        }
    }

    /// <summary>Who cancels a part of a chain means what hangs on it too.</summary>
    private void CancelFollower(JobFolder folder, JobStatus status)
    {
        var ended = Transitions.Cancel(status, time.GetUtcNow());
        folder.WriteStatus(ended, durable: true);
        executor.Notify(folder, ended);
    }

    private void Fail(JobFolder folder, JobStatus status, JobError failure)
    {
        var now = attempts.End(folder, Transitions.Fail(status, failure, time.GetUtcNow()));
        if (now.IsFinal)
            executor.Notify(folder, now);
    }
}
