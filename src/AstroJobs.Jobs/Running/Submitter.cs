using AstroJobs.Jobs.Executors;
using AstroJobs.Jobs.Faults;
using AstroJobs.Jobs.Processes;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>Brings jobs into the world: built whole under a temporary name, synced, renamed, queued, and started if there is room.</summary>
internal sealed class Submitter(JobStore store, Queue queue, Dispatcher dispatcher, AstroJobsEnvironment environment, TimeProvider time)
{
    /// <param name="callerFolder">Relative paths are meant from here; null is where this program was called.</param>
    public SubmittedJob Submit<TParameters>(JobKind<TParameters> kind, TParameters parameters, JobLabels labels, string? callerFolder = null)
        where TParameters : class
    {
        using var key = labels.Key is { } text ? JobKey.Hold(store, text) : null;
        if (key?.Job is { } existing)
            return new SubmittedJob(existing, Created: false);
        Check(labels);
        var id = JobId.New(time);
        using var construction = new Construction(store, id, callerFolder ?? environment.CallerFolder, time);
        foreach (var other in labels.After)
            construction.WaitFor(other);
        var afterAny = FindAll(labels.AfterAny);
        parameters = kind.Prepare(parameters, construction);
        FailPoints.Pass(FailPoint.SubmitPrepared);
        var spec = Specify(id, kind, parameters, labels) with { After = construction.After, AfterAny = afterAny };
        if (labels.IfBusy == IfBusy.Fail)
        {
            construction.Start();
            dispatcher.StartNow(spec, Complete);
        }
        else
        {
            Complete();
            dispatcher.Run();
        }
        FailPoints.Pass(FailPoint.SubmitDispatched);
        MakeEntryDurable(spec);
        FailPoints.Pass(FailPoint.SubmitAnswering);
        return new SubmittedJob(id, Created: true);

        void Complete()
        {
            key?.Give(id);
            FailPoints.Pass(FailPoint.SubmitKeyGiven);
            construction.Complete(spec, queue);
            construction.Release();
            FailPoints.Pass(FailPoint.SubmitReleased);
        }
    }

    private void Check(JobLabels labels)
    {
        if (labels.IfBusy == IfBusy.Fail && labels.StartAt > time.GetUtcNow())
            throw new JobException(ErrorCode.Usage, "A job that must start at once (--if-busy fail) cannot start later (--start-at).", "Leave out one of the two.");
        if (labels.Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout > JobLabels.MaxTimeout))
            throw new JobException(ErrorCode.Usage, "--timeout takes more than nothing and at most 30d.", "Leave it out for no limit.");
    }

    private JobSpec Specify<TParameters>(JobId id, JobKind<TParameters> kind, TParameters parameters, JobLabels labels)
        where TParameters : class => new()
        {
            JobId = id,
            Kind = kind.Name,
            Project = labels.Project,
            Group = labels.Group,
            Name = labels.Name,
            Labels = labels.Labels,
            Priority = labels.Priority,
            Executor = LocalExecutor.Name,
            Slots = RequestedSlots.Of(kind.SlotsFor(parameters), labels, environment.CpuSlots),
            Follows = labels.Follows,
            Key = labels.Key,
            StartAt = labels.StartAt,
            Retries = labels.Retries,
            RetryDelay = labels.RetryDelay,
            Resumable = kind.CanResume,
            OnFinish = FindProgram(labels.OnFinish),
            Timeout = labels.Timeout,
            Nice = labels.Nice,
            CancelGrace = kind.CancelGrace,
            CreatedAt = time.GetUtcNow(),
            Parameters = new RawJson(kind.Serialize(parameters)),
        };

    /// <summary>By its full path: it runs in another folder, and later.</summary>
    private IReadOnlyList<string> FindProgram(IReadOnlyList<string> command) => command.Count == 0
        ? command
        : [ProgramPath.Find(command[0], environment.CallerFolder) ?? throw new JobException(ErrorCode.ToolMissing, $"There is no program '{command[0]}' to tell of the end (--on-finish).", "Install it, or give its full path."), .. command.Skip(1)];

    /// <summary>Best effort: the job is there already, and an entry that is lost in a power cut is put back by the next look.</summary>
    private void MakeEntryDurable(JobSpec spec)
    {
        try
        {
            if (queue.Contains(spec, spec.StartAt))
                queue.Sync(spec, spec.StartAt);
        }
        catch (IOException)
        {
        }
    }

    private IReadOnlyList<JobId> FindAll(IReadOnlyList<string> idsOrPrefixes)
    {
        var ids = new List<JobId>();
        foreach (var idOrPrefix in idsOrPrefixes)
            if (store.Find(idOrPrefix).Id is var id && !ids.Contains(id))
                ids.Add(id);
        return ids;
    }
}
