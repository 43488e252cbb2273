using System.Globalization;
using AstroJobs.Jobs.Executors;
using AstroJobs.Jobs.Faults;
using AstroJobs.Jobs.Native;
using AstroJobs.Jobs.Processes;
using AstroJobs.Jobs.Store;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Jobs.Running;

/// <summary>One attempt at one job, in a process of its own: claims it, does the work, records how it ended, frees its slots, and starts who is next.</summary>
public sealed class Worker
{
    /// <summary>The hidden verb that starts a worker.</summary>
    public const string Verb = "work";

    /// <summary>The worker and all it starts carry the job's id in this variable.</summary>
    public const string JobVariable = "ASTROJOBS_JOB_ID";

    /// <summary>Which attempt at the job they belong to.</summary>
    public const string AttemptVariable = "ASTROJOBS_ATTEMPT";

    private const int ReserveBytes = 16384; // more than any status.json, on any block size in use

    /// <summary>What <see cref="ToolRunner"/> may need to stop a stubborn tool.</summary>
    private static readonly TimeSpan LadderPatience = TimeSpan.FromSeconds(10);

    private readonly JobStore _store;
    private readonly Dispatcher _dispatcher;
    private readonly Recovery _recovery;
    private readonly Attempts _attempts;
    private readonly LocalExecutor _executor;
    private readonly Successors _successors;
    private readonly IReadOnlyList<JobKind> _kinds;
    private readonly ILogger _log;
    private readonly TimeProvider _time;

    internal Worker(JobStore store, Dispatcher dispatcher, Recovery recovery, Attempts attempts, LocalExecutor executor, Successors successors, IReadOnlyList<JobKind> kinds, ILogger log, TimeProvider time) =>
        (_store, _dispatcher, _recovery, _attempts, _executor, _successors, _kinds, _log, _time) = (store, dispatcher, recovery, attempts, executor, successors, kinds, log, time);

    /// <param name="passedLocks">How many locks (the job's, then its slots') the starter handed over as open files; 0 takes the job's here.</param>
    /// <remarks>Not asynchronous: it begins and ends in one thread, which holds the locks and does not stand back when the work does.</remarks>
    public void Run(JobId id, int passedLocks)
    {
        WorkerRuntime.Forget();
        var folder = _store.Open(id);
        var locks = passedLocks > 0
            ? [.. Enumerable.Range(DetachedProcess.FirstPassedFile, passedLocks).Select(FolderLock.Adopt)]
            : FolderLock.TryAcquire(folder.Lock) is { } claim ? [claim] : new List<FolderLock>();
        if (locks.Count == 0)
        {
            _log.LogWarning("Another worker has this job; nothing to do here.");
            return;
        }
        FailPoints.Pass(FailPoint.WorkerLocksAdopted);
        try
        {
            RunClaimed(folder);
            locks[1..].ForEach(static slot => slot.ClearNote());
        }
        finally
        {
            locks.ForEach(static held => held.Dispose());
            FailPoints.Pass(FailPoint.WorkerLocksReleased);
            _dispatcher.Run();
            FailPoints.Pass(FailPoint.WorkerDispatched);
        }
    }

    private void RunClaimed(JobFolder folder)
    {
        var found = folder.ReadStatus();
        if (found.State == JobState.Processing || found.Error?.Code == ErrorCode.WorkerLost) // nobody held its lock
        {
            _log.LogWarning("The worker was lost and what it had started lives on: it is being stopped");
            _recovery.EndLeftovers(folder, found);
            return;
        }
        if (found.State != JobState.Queued)
        {
            _log.LogWarning("The job is {State} already; nothing to do here.", found.State);
            return;
        }
        using var stop = new StopRequest(folder.CancelRequest(found.Attempt), _time);
        using var status = new StatusWriter(folder, found, _time);
        FailPoints.Pass(FailPoint.WorkerStatusRead);
        var self = ProcessIdentity.Self();
        status.Transit((now, at) => Transitions.Begin(now, new WorkerIdentity(self.Pid, self.StartTicks, HostIdentity.BootId, HostIdentity.Name, LocalExecutor.Name), at));
        FailPoints.Pass(FailPoint.WorkerBegun);
        stop.Look(); // a canceller that came before the pid was known left its request
        var reserve = Path.Combine(folder.Work, ".reserve");
        var spec = folder.ReadSpec();
        var ending = WorkAsync(folder, spec, status, stop, reserve).GetAwaiter().GetResult();
        Record(folder, status, ending, reserve, stop);
        if (status.Current is { IsFinal: false, NotBefore: { } notBefore } next)
        {
            _log.LogInformation("Attempt {Attempt} failed ({Code}); attempt {Next} may start at {Time}", next.Attempt - 1, next.LastError?.Code, next.Attempt, UtcTime.Text(notBefore));
            return; // the folder is the next attempt's
        }
        _log.LogInformation("Job {State}", status.Current.State);
        if (spec.OnFinish.Count > 0)
            _executor.Notify(folder, status.Current);
        var mayGoOn = spec.Resumable && status.Current.State != JobState.Done;
        if (!mayGoOn)
            FolderRemoval.Remove(folder.Work);
        FailPoints.Pass(FailPoint.WorkerScratchCleared);
    }

    /// <summary>Does the work and says how it ended; never throws.</summary>
    private async Task<Func<JobStatus, DateTimeOffset, JobStatus>> WorkAsync(JobFolder folder, JobSpec spec, StatusWriter status, StopRequest stop, string reserve)
    {
        try
        {
            AtomicFile.WriteBytes(reserve, new byte[ReserveBytes], durable: false);
            FailPoints.Pass(FailPoint.WorkerReserveMade);
            var kind = _kinds.FirstOrDefault(kind => kind.Name == spec.Kind)
                ?? throw new JobException(ErrorCode.BadInput, $"This astrojobs has no kind '{spec.Kind}'.", "Was the job submitted by a newer version?");
            var context = new RunningJob(_store, folder, status, _successors, _log, _time, stop.Token);
            Task Work() => WorkNicelyAsync(kind, spec, context);
            await (spec.Timeout is { } timeout ? WorkInTimeAsync(Work, spec, stop, timeout) : Task.Run(Work)).ConfigureAwait(false);
            FailPoints.Pass(FailPoint.WorkerKindEnded);
            return Transitions.Done;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            if (stop.IsCancel)
                return Transitions.Cancel;
            if (stop.IsTimedOut)
                return TimedOut(status.Current, spec);
            return Failed(new JobError(ErrorCode.Interrupted, $"The worker was stopped by {stop.Signal?.ToString() ?? "a signal"}.", "Is the machine shutting down? Then try it again with astrojobs retry."));
        }
#pragma warning disable CA1031 // The worker is the one place where every failure ends: in the job's status.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Failed(Explain(error, spec, folder.Id));
        }
    }

    private Task WorkNicelyAsync(JobKind kind, JobSpec spec, RunningJob context)
    {
        if (spec.Nice is { } nice)
            Niceness.ApplyToWork(nice, _log);
        return kind.RunAsync(spec.Parameters, context);
    }

    /// <summary>Returns in any case: a kind that does not heed its cancellation is left behind, and ends with this process.</summary>
    private async Task WorkInTimeAsync(Func<Task> work, JobSpec spec, StopRequest stop, TimeSpan timeout)
    {
        stop.StopAfter(timeout);
        using var ended = new CancellationTokenSource();
        var overdue = Task.Delay(timeout + spec.CancelGrace + LadderPatience, _time, ended.Token);
        var working = Task.Run(work);
        var first = await Task.WhenAny(working, overdue).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        if (first != working)
            throw new OperationCanceledException($"The kind {spec.Kind} did not stop.", stop.Token);
        await working.ConfigureAwait(false);
    }

    private Func<JobStatus, DateTimeOffset, JobStatus> TimedOut(JobStatus running, JobSpec spec)
    {
        _log.LogError("The job did not end within {Seconds} s: stopped", spec.Timeout?.TotalSeconds);
        Stragglers.StopOwn(running);
        return Failed(new JobError(
            ErrorCode.Timeout,
            string.Create(CultureInfo.InvariantCulture, $"The job did not end within {spec.Timeout?.TotalSeconds:0.###} s and was stopped."),
            "task.log shows how far it came; submit it with a longer --timeout."));
    }

    private JobError Explain(Exception error, JobSpec spec, JobId job)
    {
        if (Errno.IsDiskFull(error))
            return new JobError(ErrorCode.DiskFull, $"No room left on the disk: {error.Message}", spec.Resumable ? $"Free some space (`astrojobs prune`), then go on where it stopped: `astrojobs resume {job}`." : $"Free some space (`astrojobs prune`), then try it again: `astrojobs retry {job}`.");
        if (error is JobException known)
        {
            _log.LogError("{Code}: {Message}", known.Code, known.Message);
            return known.ToError();
        }
        _log.LogError(error, "The kind {Kind} failed", spec.Kind);
        return error is IOException or UnauthorizedAccessException
            ? new JobError(ErrorCode.IoError, error.Message)
            : new JobError(ErrorCode.Internal, $"{error.GetType().Name}: {error.Message}", "This is a bug in astrojobs; the stack is in task.log.");
    }

    private static Func<JobStatus, DateTimeOffset, JobStatus> Failed(JobError error) => (status, now) => Transitions.Fail(status, error, now);

    /// <summary>The reserve goes first: the terminal record must find room even on a full disk.</summary>
    private void Record(JobFolder folder, StatusWriter status, Func<JobStatus, DateTimeOffset, JobStatus> ending, string reserve, StopRequest stop)
    {
        try
        {
            File.Delete(reserve);
            FailPoints.Pass(FailPoint.WorkerReserveFreed);
            status.Transit(ending, ended => End(folder, ended, stop));
        }
        catch (IOException error) when (Errno.IsDiskFull(error))
        {
            _log.LogError("No room for the terminal record: clearing the scratch folder");
            FolderRemoval.Remove(folder.Work);
            status.Transit(ending, ended => End(folder, ended, stop));
        }
        FailPoints.Pass(FailPoint.WorkerEndRecorded);
    }

    private JobStatus End(JobFolder folder, JobStatus ended, StopRequest stop)
    {
        if (stop.IsCancel)
        {
            folder.WriteStatus(ended, durable: true); // also where it failed in being stopped: nobody wants it tried again
            return ended;
        }
        if (Attempts.MayTryAgain(ended))
            Stragglers.StopOwn(ended); // two attempts at once would share a camera and a folder
        return _attempts.End(folder, ended);
    }
}
