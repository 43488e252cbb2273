using System.Globalization;
using AstroJobs.Jobs.Processes;
using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Jobs.Executors;

/// <summary>Starts workers on this machine, and hands them the locks that their starter took.</summary>
internal sealed class LocalExecutor(JobStore store, AstroJobsEnvironment environment, ILogger? log = null)
{
    public const string Name = "local";

    /// <summary>The worker holds the locks from now on; the caller closes its own copies.</summary>
    /// <exception cref="IOException">No process could be started.</exception>
    public void Start(JobFolder folder, int attempt, FolderLock job, IReadOnlyList<FolderLock> slots)
    {
        string[] command = [.. environment.Self, Worker.Verb, store.Root, folder.Id.ToString(), (1 + slots.Count).ToString(CultureInfo.InvariantCulture)];
        if (environment.Detachment == Detachment.Scope && folder.ReadStatus().State == JobState.Queued
            && new SystemdScope(command[0], TimeProvider.System).TryStart(folder, attempt, command, words => Spawn(words, folder, attempt, job, slots)))
            return;
        Spawn(command, folder, attempt, job, slots);
    }

    private int Spawn(IReadOnlyList<string> command, JobFolder folder, int attempt, FolderLock job, IReadOnlyList<FolderLock> slots)
    {
        var worker = DetachedProcess.Start(
            command,
            folder.Path,
            folder.Log,
            [
                $"{Worker.JobVariable}={folder.Id}",
                $"{Worker.AttemptVariable}={attempt.ToString(CultureInfo.InvariantCulture)}",
                $"JOBS_DIR={store.Root}",
                $"{ToolRunner.Mark}=", // a job that a tool submitted is not the tool's: it outlives it
                .. WorkerRuntime.Variables(),
            ],
            Handles(job, slots));
        log?.LogInformation("Started process {Pid} for attempt {Attempt} of job {Job}", worker, attempt, folder.Id);
        return worker;
    }

    /// <summary>The alarm holds its lock from now on; the caller closes its own copy.</summary>
    /// <exception cref="IOException">No process could be started.</exception>
    public void StartAlarm(FolderLock alarm) => DetachedProcess.Start(
        [.. environment.Self, JobEngine.AlarmVerb, store.Root],
        "/",
        Path.Combine(store.Engine, "alarm.log"),
        [
            $"{Worker.JobVariable}=", // it belongs to no job, whoever started it: a cancel must not find it
            $"JOBS_DIR={store.Root}",
            $"{ToolRunner.Mark}=",
        ],
        [alarm.Handle]);

    /// <summary>
    /// Has the caller's program (<c>--on-finish</c>) told how a job ended, by a process of its own: neither the job's lock nor a slot waits for it, and
    /// what stops the job's processes does not reach it. Called once for each end, by who recorded it, while he holds the job's lock.
    /// No end depends on who is told of it: what hinders the notice is passed over.
    /// </summary>
    public void Notify(JobFolder folder, JobStatus ended)
    {
        try
        {
            if (folder.ReadSpec().OnFinish is not { Count: > 0 } program)
                return;
            using var status = MemoryFile.Of(JobsText.Write(ended));
            DetachedProcess.Start(
                [.. environment.Self, Notifier.Verb, .. program],
                store.Root,
                folder.LogOf(ended.Attempt),
                [$"{Worker.JobVariable}=", $"{Worker.AttemptVariable}=", $"JOBS_DIR={store.Root}", $"{ToolRunner.Mark}="],
                [status]);
        }
        catch (Exception error) when (error is JobException { Code: ErrorCode.Corrupt or ErrorCode.JobNotFound } or IOException or UnauthorizedAccessException)
        {
        }
    }

    private static SafeFileHandle[] Handles(FolderLock job, IReadOnlyList<FolderLock> slots)
    {
        var handles = new SafeFileHandle[1 + slots.Count];
        handles[0] = job.Handle;
        for (var i = 0; i < slots.Count; i++)
            handles[i + 1] = slots[i].Handle;
        return handles;
    }
}
