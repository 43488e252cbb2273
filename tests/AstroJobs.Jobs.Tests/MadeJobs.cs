using System.Text.Json;
using AstroJobs.Jobs.Executors;
using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Tests;

/// <summary>Jobs put into a store by hand, in any state.</summary>
internal static class MadeJobs
{
    public static readonly DateTimeOffset Night = new(2026, 11, 21, 22, 0, 0, TimeSpan.Zero);

    public static JobSpec Spec(JobId? id = null, int priority = 0, params string[] slots) => new()
    {
        JobId = id ?? JobId.New(TimeProvider.System),
        Kind = "run",
        Priority = priority,
        Slots = slots.Length == 0 ? ["cpu"] : slots,
        CreatedAt = Night,
        Parameters = new RawJson("{}"u8.ToArray()),
    };

    /// <summary>Starts workers that do nothing.</summary>
    public static LocalExecutor Executor(JobStore store) => new(store, new AstroJobsEnvironment { JobsFolder = store.Root, Self = ["/bin/true"], CallerFolder = store.Root });

    public static Jobs.Running.Attempts Attempts(JobStore store, TimeProvider time) => new(new Queue(store), static () => 0.5, time);

    public static Recovery Recovery(JobStore store, TimeProvider time) =>
        new(store, new Queue(store), new Slots(store, 1), Executor(store), Attempts(store, time), time);

    public static JobStatus Status(JobState state = JobState.Queued, JobSpec? spec = null) => Transitions.Create(spec ?? Spec()) with { State = state };

    /// <summary>A job folder as submit leaves it, then brought into a state.</summary>
    public static JobFolder Add(JobStore store, JobState state = JobState.Queued, JobSpec? spec = null)
    {
        spec ??= Spec();
        var folder = store.Open(spec.JobId);
        Directory.CreateDirectory(folder.Path);
        folder.Build(spec, Status(state, spec));
        return folder;
    }
}
