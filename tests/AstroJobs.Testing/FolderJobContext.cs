using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AstroJobs.Jobs;
using AstroJobs.Jobs.Processes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AstroJobs.Testing;

/// <summary>A job's surroundings without the engine: real folders, reports kept in order. Other jobs' outputs are folders handed in.</summary>
public sealed class FolderJobContext : JobContext
{
    private readonly ConcurrentQueue<JobProgress> _reports = new();

    public FolderJobContext(string folder, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        (Cancellation, Time) = (cancellation, time ?? TimeProvider.System);
        Id = JobId.New(Time);
        (InputFolder, OutputFolder, WorkFolder) = (Make(folder, "input"), Make(folder, "output"), Make(folder, "work"));
        CacheFolder = Path.Combine(folder, "cache");
    }

    public override JobId Id { get; }

    public override int Attempt => Resumes ? 2 : 1;

    public override bool Resumes => IsResumed;

    /// <summary>Whether the folder is one that an earlier context left.</summary>
    public bool IsResumed { get; init; }

    public override string InputFolder { get; }

    public override string OutputFolder { get; }

    public override string WorkFolder { get; }

    public override string CacheFolder { get; }

    public override ILogger Log => NullLogger.Instance;

    public override TimeProvider Time { get; }

    public override CancellationToken Cancellation { get; }

    public override bool IsPaused => Paused();

    /// <summary>What <see cref="IsPaused"/> answers.</summary>
    public Func<bool> Paused { get; init; } = static () => false;

    public IReadOnlyList<JobProgress> Reports => [.. _reports];

    /// <summary>Called with every report, on the thread that reports.</summary>
    public Action<JobProgress>? Reported { get; init; }

    /// <summary>What <see cref="OutputOf"/> answers.</summary>
    public IReadOnlyDictionary<JobId, string> Outputs { get; init; } = new Dictionary<JobId, string>();

    public override void Report(JobProgress progress)
    {
        _reports.Enqueue(progress);
        Reported?.Invoke(progress);
    }

    public override void SaveResult<TResult>(TResult result, JsonTypeInfo<TResult> json) =>
        File.WriteAllBytes(Path.Combine(OutputFolder, "result.json"), JsonSerializer.SerializeToUtf8Bytes(result, json));

    /// <summary>Jobs that were made: their kind, what they work with, where relative paths are meant from, and their key.</summary>
    public List<(string Kind, object Parameters, string CallerFolder, string Key)> Submitted { get; } = [];

    public override JobId Submit<TParameters>(JobKind<TParameters> kind, TParameters parameters, string callerFolder, string key)
    {
        Submitted.Add((kind.Name, parameters, callerFolder, key));
        return JobId.New(Time);
    }

    public override string OutputOf(JobId other) =>
        Outputs.TryGetValue(other, out var folder) ? folder : throw new JobException(ErrorCode.JobNotFound, $"There is no job {other}.");

    /// <summary>The states of the jobs of <see cref="Outputs"/>; done where none is said.</summary>
    public Func<JobId, JobState> StateOf { get; init; } = _ => JobState.Done;

    public override (string OutputFolder, JobState State) LookAt(JobId other) => (OutputOf(other), StateOf(other));

    /// <summary>Told of each program that would be run; where there is nobody to tell, none may be.</summary>
    public Action<Tool>? Programs { get; init; }

    public override Task<ToolResult> RunToolAsync(Tool tool)
    {
        if (Programs is null)
            throw new NotSupportedException("Programs run in the engine's own tests.");
        Programs(tool);
        return Task.FromResult(new ToolResult(0, "", true, ""));
    }

    /// <summary>result.json as it was saved.</summary>
    public JsonElement ReadResult() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(OutputFolder, "result.json"))).RootElement;

    private static string Make(string folder, string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
}
