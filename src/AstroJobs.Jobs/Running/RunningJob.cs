using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AstroJobs.Jobs.Faults;
using AstroJobs.Jobs.Processes;
using AstroJobs.Jobs.Store;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Jobs.Running;

/// <summary>The job that this worker works on.</summary>
internal sealed class RunningJob(JobStore store, JobFolder folder, StatusWriter status, Successors successors, ILogger log, TimeProvider time, CancellationToken cancellation) : JobContext
{
    private string? _lastMessage;

    public override JobId Id => folder.Id;

    public override int Attempt => status.Current.Attempt;

    public override bool Resumes => status.Current.Resumed;

    public override string InputFolder => folder.Input;

    public override string OutputFolder => folder.Output;

    public override string WorkFolder => folder.Work;

    public override string CacheFolder => Path.Combine(store.Engine, "cache");

    public override ILogger Log => log;

    public override TimeProvider Time => time;

    public override CancellationToken Cancellation => cancellation;

    public override bool IsPaused => folder.IsPaused;

    public override void Report(JobProgress progress)
    {
        status.Report(progress);
        if (progress.Message is { } message && Interlocked.Exchange(ref _lastMessage, message) != message)
            log.LogInformation("{Message}", message);
    }

    public override void SaveResult<TResult>(TResult result, JsonTypeInfo<TResult> json)
    {
        folder.WriteResult(JsonSerializer.SerializeToUtf8Bytes(result, json));
        FailPoints.Pass(FailPoint.WorkerResultWritten);
    }

    public override JobId Submit<TParameters>(JobKind<TParameters> kind, TParameters parameters, string callerFolder, string key) =>
        successors.Submit(folder.ReadSpec(), kind, parameters, callerFolder, key);

    public override (string OutputFolder, JobState State) LookAt(JobId other)
    {
        var source = store.Open(other);
        return source.Exists ? (source.Output, source.ReadStatus().State) : throw JobStore.NotFound(other.ToString());
    }

    public override string OutputOf(JobId other)
    {
        var (output, state) = LookAt(other);
        return state == JobState.Done ? output : throw new JobException(ErrorCode.JobNotReady, $"Job {other} is {state.ToString().ToLowerInvariant()}: it has no result to work on.");
    }

    public override Task<ToolResult> RunToolAsync(Tool tool) => new ToolRunner(log, time).RunAsync(tool, folder.Work, cancellation);
}
