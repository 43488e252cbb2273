using AstroJobs.Jobs.Executors;
using AstroJobs.Jobs.Housekeeping;
using AstroJobs.Jobs.Processes;
using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using AstroJobs.Jobs.Watching;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Jobs;

/// <summary>The whole engine over one store: what every verb of the command line and every worker calls.</summary>
public sealed class JobEngine
{
    /// <summary>The hidden verb that starts the process that waits for the time of timed jobs.</summary>
    public const string AlarmVerb = "alarm";

    private readonly LocalExecutor _executor;
    private readonly Attempts _attempts;
    private readonly Recovery _recovery;
    private readonly Dispatcher _dispatcher;
    private readonly Alarm _alarm;
    private readonly Submitter _submitter;
    private readonly Canceller _canceller;
    private readonly Followers _followers;
    private readonly Retrier _retrier;
    private readonly Remover _remover;
    private readonly Slots _slots;
    private readonly TimeProvider _time;

    /// <param name="log">Told what the engine does besides what it was asked for: what it starts, mends and cannot do.</param>
    public JobEngine(AstroJobsEnvironment environment, TimeProvider time, ILogger? log = null)
    {
        _time = time;
        Store = new JobStore(environment.JobsFolder);
        var queue = new Queue(Store);
        var slots = _slots = new Slots(Store, environment.CpuSlots);
        _attempts = new Attempts(queue, static () => Random.Shared.NextDouble(), time);
        _executor = new LocalExecutor(Store, environment, log);
        _recovery = new Recovery(Store, queue, slots, _executor, _attempts, time, log);
        _alarm = new Alarm(Store, queue, _executor, time);
        _dispatcher = new Dispatcher(Store, queue, slots, _executor, _recovery, _attempts, _alarm, time, log);
        _submitter = new Submitter(Store, queue, _dispatcher, environment, time);
        _canceller = new Canceller(_recovery, queue, _executor, time);
        _followers = new Followers(Store, _recovery, _canceller);
        _retrier = new Retrier(_recovery, _attempts, queue, time);
        _remover = new Remover(Store, queue);
    }

    public JobStore Store { get; }

    /// <summary>Makes a job, durable before this returns, and starts it if there is room.</summary>
    /// <exception cref="JobException">The parameters are wrong, or the store cannot be written; nothing is left behind.</exception>
    public SubmittedJob Submit<TParameters>(JobKind<TParameters> kind, TParameters parameters, JobLabels labels)
        where TParameters : class => _submitter.Submit(kind, parameters, labels);

    /// <summary>The true status: a dead worker is seen and recorded.</summary>
    public JobStatus Look(JobFolder folder) => _recovery.Look(folder);

    /// <summary>
    /// status.json itself, where it is true as it stands: the job has ended, or its worker lives. Null where it must be looked at.
    /// A caller that polls pays for reading the JSON only as far as its state.
    /// </summary>
    public static byte[]? LookRaw(JobFolder folder)
    {
        var bytes = folder.ReadStatusBytes();
        return bytes is not null && StatusPeek.TryRead(bytes, folder.Id) is { State: var state } && (state is not (JobState.Queued or JobState.Processing) || (state == JobState.Processing && folder.IsLocked)) ? bytes : null;
    }

    /// <summary>Whether anybody waits in this store, so that a dispatch could be of use.</summary>
    public static bool HasQueue(JobStore store) => !new Queue(store).IsEmpty;

    /// <summary>What the hidden verb <c>alarm</c> does, its lock handed over as the first open file.</summary>
    public void RunAlarm() => _alarm.Run(FolderLock.Adopt(DetachedProcess.FirstPassedFile), Dispatch);

    /// <summary>The job that holds a slot, such as <c>camera:sim</c>, alone; null when nobody does.</summary>
    public JobId? HolderOf(string slot) => _slots.Look(slot).Free == 0 ? _slots.HolderOf(slot) : null;

    /// <summary>Starts what can start. Every verb that looked at jobs calls it last.</summary>
    public void Dispatch() => _dispatcher.Run();

    /// <summary>Newest first; one job folder is opened at a time, as they are asked for. Which jobs a job that cannot be read belongs to cannot be told: it is always among them.</summary>
    public IEnumerable<ListedJob> List(JobFilter filter)
    {
        foreach (var id in Store.IdsNewestFirst())
        {
            // Ids carry their time to the millisecond: nothing older follows.
            if (filter.Since is { } since && id.CreatedAt < since - TimeSpan.FromSeconds(1))
                yield break;
            if (TryLook(id, filter) is { } job && (job.Status is null || filter.Matches(job.Status)))
                yield return job;
        }
    }

    /// <summary>For who looks at many jobs again and again.</summary>
    public StoreWatch Watch(JobFilter filter) => new(Store, filter, id => TryLook(id, filter with { States = [] })?.Status, _time);

    public Task<JobStatus> CancelAsync(JobFolder folder, CancellationToken cancellation) => _canceller.CancelAsync(folder, cancellation);

    /// <summary>Cancels what follows a job that is over and has not started.</summary>
    public Task<CancelledFollowers> CancelFollowersAsync(JobFolder folder, CancellationToken cancellation) => _followers.CancelAsync(folder.Id, cancellation);

    /// <summary>A new attempt, from the beginning, at a job that failed or was cancelled; durably queued before this returns.</summary>
    /// <exception cref="JobException"><c>job_running</c>, <c>not_retryable</c>.</exception>
    public JobStatus Retry(JobFolder folder) => _retrier.Retry(folder, resume: false);

    /// <summary>A new attempt that goes on where the last one stopped, at a job that failed or was cancelled; durably queued before this returns.</summary>
    /// <exception cref="JobException"><c>job_running</c>, <c>not_resumable</c>.</exception>
    public JobStatus Resume(JobFolder folder) => _retrier.Retry(folder, resume: true);

    /// <summary>Asks a job to pause, or to go on; it heeds that within a second or so, and one that waits when it starts.</summary>
    /// <param name="kinds">All that this program knows.</param>
    /// <exception cref="JobException"><c>not_pausable</c>: it has ended, or its kind does not pause.</exception>
    public void Pause(JobFolder folder, bool paused, IReadOnlyList<JobKind> kinds)
    {
        var status = Look(folder);
        if (status.IsFinal)
            throw new JobException(ErrorCode.NotPausable, $"Job {folder.Id} has ended as {JobStates.Word(status.State)}.", $"`astrojobs resume {folder.Id}` lets one go on that failed or was cancelled.");
        if (!kinds.Any(kind => kind.Name == status.Kind && kind.CanPause))
            throw new JobException(ErrorCode.NotPausable, $"A job of the kind {status.Kind} cannot pause.", $"`astrojobs cancel {folder.Id}` ends it; some kinds go on after that by `astrojobs resume`.");
        folder.SetPaused(paused);
    }

    /// <summary>After the machine went down: lets the jobs that it took with it go on where their kind can, records the others as lost, and starts the queue.</summary>
    public RecoveryReport Recover()
    {
        var (lost, resumed, unreadable) = (new List<JobId>(), new List<JobId>(), new List<JobId>());
        foreach (var id in Store.IdsNewestFirst().Reverse())
        {
            var folder = Store.Open(id);
            if (folder.ReadStatusBytes() is { } bytes && StatusPeek.TryRead(bytes, id) is { State: JobState.Done or JobState.Cancelled })
                continue;
            try
            {
                if (_recovery.Recover(folder) is { } status)
                    (status.IsFinal ? lost : resumed).Add(id);
            }
            catch (JobException error) when (error.Code == ErrorCode.JobNotFound)
            {
                // deleted meanwhile
            }
            catch (JobException error) when (error.Code == ErrorCode.Corrupt)
            {
                unreadable.Add(id);
            }
        }
        return new RecoveryReport(lost, resumed, unreadable, _dispatcher.Run());
    }

    /// <param name="number">Null for all.</param>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="JobException"><c>job_running</c>, <c>checkpoint_not_found</c>.</exception>
    public int DeleteCheckpoints(JobFolder folder, int? number)
    {
        if (!Look(folder).IsFinal)
            throw JobClaim.Running(folder.Id);
        using var claim = JobClaim.Take(folder);
        if (!folder.ReadStatus().IsFinal)
            throw JobClaim.Running(folder.Id); // tried again meanwhile
        var deleted = folder.Checkpoints.Delete(number);
        return deleted > 0 || number is null ? deleted : throw CheckpointFolder.NotFound(folder.Id, number);
    }

    public void Delete(JobFolder folder) => _remover.Delete(folder);

    /// <summary>The lengths of all files of a job; 0 for one that is gone.</summary>
    public long SizeOf(JobId id) => FolderSize.Measure(Store.Open(id).Path);

    /// <summary>Deletes the ended jobs that the rules name, and what killed deletes left; a dry run only says which it would be.</summary>
    public PruneReport Prune(PruneRules rules, bool dryRun)
    {
        var jobs = List(JobFilter.Everything).ToList();
        var statuses = jobs.Select(static job => job.Status).OfType<JobStatus>().ToList();
        return new Pruner(Store, _remover, _time).Prune(statuses, jobs.Count - statuses.Count, rules, dryRun);
    }

    /// <inheritdoc cref="Waiter.Wait"/>
    public IReadOnlyList<JobStatus> Wait(IReadOnlyList<JobFolder> folders, TimeSpan? timeout, Action<JobStatus>? seen, CancellationToken cancellation) =>
        new Waiter(LookAndDispatch, _time).Wait(folders, timeout, seen, cancellation);

    public Worker CreateWorker(IReadOnlyList<JobKind> kinds, ILogger log) => new(Store, _dispatcher, _recovery, _attempts, _executor, new Successors(Store, _submitter, _retrier), kinds, log, _time);

    private JobStatus LookAndDispatch(JobFolder folder)
    {
        var status = Look(folder);
        Dispatch();
        return status;
    }

    /// <summary>Null for a job that is gone, or that a glance at its file rules out.</summary>
    private ListedJob? TryLook(JobId id, JobFilter filter)
    {
        var folder = Store.Open(id);
        try
        {
            var isRuledOut = filter != JobFilter.Everything && folder.ReadStatusBytes() is { } bytes && StatusPeek.TryRead(bytes, id) is { } seen && filter.RulesOut(seen);
            return isRuledOut ? null : new ListedJob(id, Look(folder), null);
        }
        catch (JobException error) when (error.Code == ErrorCode.JobNotFound)
        {
            return null; // deleted while we listed
        }
        catch (JobException error) when (error.Code == ErrorCode.Corrupt)
        {
            return new ListedJob(id, null, error.ToError());
        }
    }
}
