using AstroJobs.Jobs.Executors;
using AstroJobs.Jobs.Faults;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// Starts what can start. Everybody calls it: who submits, who ends and frees a slot, who only looks. One at a time works on a store;
/// a job is started by whoever holds its lock, and that lock passes to the worker without a gap, so it is never started twice.
/// </summary>
internal sealed class Dispatcher(JobStore store, Queue queue, Slots slots, LocalExecutor executor, Recovery recovery, Alarm alarm, TimeProvider time)
{
    /// <summary>Another dispatcher is done within milliseconds; one that was stopped must not hold up its callers.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Who must start now or not at all waits for its turn among many such callers.</summary>
    private static readonly TimeSpan StartNowPatience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What cannot be started now, because the disk is full or the store may only be read, stays queued for the next dispatcher: whoever
    /// submitted or looked has his answer all the same.
    /// </summary>
    public void Run()
    {
        try
        {
            if (queue.HasLines || queue.Later.Earliest() <= time.GetUtcNow())
                ServeInTurn();
            alarm.Ensure();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
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
        var held = AcquireNow(spec.Slots);
        try
        {
            complete();
            TryStart(new QueueEntry(queue.EntryOf(spec), spec.JobId), held);
        }
        finally
        {
            foreach (var slot in held)
                slot.Dispose();
        }
    }

    /// <summary>A slot may become free between the two looks: then once more.</summary>
    private IReadOnlyList<FolderLock> AcquireNow(IReadOnlyList<string> names)
    {
        while (true)
        {
            if (slots.TryAcquire(names) is { } held)
                return AreEmpty(held) ? held : throw new BusyException(names[0], slots.HolderOf(names[0]));
            if (slots.FirstTaken(names) is { } taken)
                throw new BusyException(taken, slots.HolderOf(taken));
        }
    }

    /// <summary>A free slot that names a job lost the worker that held it: what that worker started may still use the camera. If so, they are let go.</summary>
    private bool AreEmpty(IReadOnlyList<FolderLock> held)
    {
        if (held.Select(static slot => slot.ReadNote()).OfType<JobId>().All(recovery.HasLeft))
            return true;
        foreach (var slot in held)
            slot.Dispose();
        return false;
    }

    /// <returns>Whether a job ended without being started.</returns>
    private bool ServeAll()
    {
        FailPoints.Pass(FailPoint.DispatchTurnTaken);
        QueueDue();
        var ended = false;
        foreach (var line in queue.Lines())
            ended |= Serve(line);
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
                entry.Remove(); // deleted meanwhile, or reported by whoever looks at it
            }
        }
    }

    private bool Serve(QueueLine line)
    {
        var ended = false;
        var waiting = new Queue<QueueEntry>(line.Entries());
        while (waiting.Count > 0)
        {
            var held = slots.TryAcquire(line.Slots);
            if (held is null || !AreEmpty(held))
                break;
            FailPoints.Pass(FailPoint.DispatchSlotsTaken);
            var outcome = Outcome.Waits;
            while (outcome != Outcome.Started && waiting.TryDequeue(out var entry))
            {
                outcome = TryStart(entry, held);
                ended |= outcome == Outcome.Ended;
            }
            foreach (var slot in held)
                slot.Dispose(); // a started worker keeps its own copy
        }
        return ended;
    }

    private Outcome TryStart(QueueEntry entry, IReadOnlyList<FolderLock> held)
    {
        var folder = store.Open(entry.Job);
        if (!folder.Exists)
        {
            entry.Remove(); // deleted meanwhile
            return Outcome.Ended;
        }
        using var claim = FolderLock.TryAcquire(folder.Lock);
        if (claim is null)
            return Outcome.Waits; // being cancelled, deleted or submitted at this moment
        try
        {
            return TryStart(entry, folder, claim, held);
        }
        catch (JobException error) when (error.Code == ErrorCode.Corrupt)
        {
            entry.Remove(); // reported as corrupt by whoever looks at it
            return Outcome.Ended;
        }
    }

    private Outcome TryStart(QueueEntry entry, JobFolder folder, FolderLock claim, IReadOnlyList<FolderLock> held)
    {
        FailPoints.Pass(FailPoint.DispatchJobClaimed);
        var status = folder.ReadStatus();
        if (status.State != JobState.Queued)
        {
            entry.Remove();
            return Outcome.Ended;
        }
        if (status.NotBefore is { } notBefore && notBefore > time.GetUtcNow())
        {
            queue.Add(folder.ReadSpec(), notBefore); // the clock was set back, or its status was, behind this entry
            entry.Remove();
            return Outcome.Waits;
        }
        var dependencies = recovery.CheckDependencies(folder.ReadSpec());
        if (dependencies.WaitsFor is not null)
            return Outcome.Waits;
        if (dependencies.Failed is { } failure)
        {
            folder.WriteStatus(Transitions.Fail(status, failure, time.GetUtcNow()), durable: true);
            entry.Remove();
            return Outcome.Ended;
        }
        Start(folder, status, claim, held);
        FailPoints.Pass(FailPoint.DispatchWorkerSpawned);
        entry.Remove();
        FailPoints.Pass(FailPoint.DispatchEntryRemoved);
        return Outcome.Started;
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
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var failure = new JobError(ErrorCode.IoError, $"The worker could not be started: {error.Message}", "`astrojobs doctor` looks for what is missing.");
            folder.WriteStatus(Transitions.Fail(status, failure, time.GetUtcNow()), durable: true);
        }
    }

    private enum Outcome
    {
        Waits,
        Ended,
        Started,
    }
}
