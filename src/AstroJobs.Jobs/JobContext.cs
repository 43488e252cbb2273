using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AstroJobs.Jobs.Processes;
using AstroJobs.Jobs.Store;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Jobs;

/// <summary>All that a kind sees of the engine while it works.</summary>
public abstract class JobContext
{
    public abstract JobId Id { get; }

    public abstract int Attempt { get; }

    /// <summary>Whether this attempt goes on where the one before it stopped: the scratch, the products and the checkpoints of that one are there.</summary>
    public abstract bool Resumes { get; }

    public abstract string InputFolder { get; }

    /// <summary>The products. Write under a temporary name and rename; <c>result.json</c> is written by <see cref="SaveResult"/>.</summary>
    public abstract string OutputFolder { get; }

    /// <summary>Scratch and checkpoints; gone when the job is done.</summary>
    public abstract string WorkFolder { get; }

    /// <summary>For what other jobs of this store can use again and anybody may make anew; not made yet.</summary>
    public abstract string CacheFolder { get; }

    /// <summary>task.log.</summary>
    public abstract ILogger Log { get; }

    public abstract TimeProvider Time { get; }

    /// <summary>Set by a cancel request or a signal. Look at it at least once a second.</summary>
    public abstract CancellationToken Cancellation { get; }

    /// <summary>Whether somebody asked the job to pause. Looked up anew at each call; a kind that can pause asks about once a second.</summary>
    public abstract bool IsPaused { get; }

    /// <summary>Tells how far the work is; cheap, may be called often and from any thread.</summary>
    public abstract void Report(JobProgress progress);

    public void Report(long current, long? total, string phase, string message) => Report(new JobProgress(current, total, phase, message));

    /// <summary>Writes output/result.json by rename. The last call wins.</summary>
    public abstract void SaveResult<TResult>(TResult result, JsonTypeInfo<TResult> json);

    /// <summary>Keeps how far the work has come, durably, for an attempt that resumes. The last few are kept.</summary>
    public void SaveCheckpoint<TCheckpoint>(TCheckpoint checkpoint, JsonTypeInfo<TCheckpoint> json) =>
        new CheckpointFolder(WorkFolder).Save(JsonSerializer.SerializeToUtf8Bytes(checkpoint, json));

    /// <summary>The newest checkpoint that can be read; null where there is none, and in an attempt that begins anew.</summary>
    public TCheckpoint? LoadCheckpoint<TCheckpoint>(JsonTypeInfo<TCheckpoint> json)
        where TCheckpoint : class => Resumes ? new CheckpointFolder(WorkFolder).Load(json) : null;

    /// <summary>
    /// Makes a job that goes on with this one's work: filed as this one, and started when those are done that its kind waits for.
    /// </summary>
    /// <param name="callerFolder">Relative paths in its parameters are meant from here.</param>
    /// <param name="key">Made once for each, however often it is asked for.</param>
    public abstract JobId Submit<TParameters>(JobKind<TParameters> kind, TParameters parameters, string callerFolder, string key)
        where TParameters : class;

    /// <summary>The output folder of another job, for example the frames of a burst.</summary>
    /// <exception cref="JobException"><c>job_not_found</c>, or <c>job_not_ready</c> when it is not done.</exception>
    public abstract string OutputOf(JobId other);

    /// <summary>Another job as it is now, for who follows its products while they come.</summary>
    /// <exception cref="JobException"><c>job_not_found</c>.</exception>
    public abstract (string OutputFolder, JobState State) LookAt(JobId other);

    /// <summary>Runs one outside program to its end, its output lines in task.log as they come; a cancel stops it and all it started by the stop ladder.</summary>
    public abstract Task<ToolResult> RunToolAsync(Tool tool);
}
