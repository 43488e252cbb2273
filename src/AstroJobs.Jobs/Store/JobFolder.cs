using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AstroJobs.Jobs.Faults;

namespace AstroJobs.Jobs.Store;

/// <summary>One job on disk. The only class that knows the names of its files.</summary>
public sealed class JobFolder(string path, JobId id)
{
    /// <summary>A newer program's files may mean something else: this version refuses them.</summary>
    private const int KnownVersion = 1;

    private Written<JobSpec>? _spec;
    private Written<JobStatus>? _status;

    public string Path { get; } = path;

    public JobId Id { get; } = id;

    public string Input => In("input");

    public string Output => In("output");

    public string Work => In("work");

    public string Log => In("task.log");

    public string Result => System.IO.Path.Combine(Output, "result.json");

    /// <summary>Held by the worker for life, and for a moment by who starts, cancels, recovers or deletes the job.</summary>
    public string Lock => In("lock");

    /// <summary>What the kind has saved of how far it came.</summary>
    public CheckpointFolder Checkpoints => new(Work);

    internal string Attempts => In("attempts");

    private string Spec => In("job.json");

    private string Status => In("status.json");

    private string PauseRequest => In("paused");

    /// <summary>Its existence asks the worker of this attempt to stop; no other attempt heeds it.</summary>
    public string CancelRequest(int attempt) => In(string.Create(CultureInfo.InvariantCulture, $"cancel.{attempt}"));

    /// <summary>Whether the job is to pause: asked for by <see cref="SetPaused"/>, also of a job that waits, and true until it is taken back.</summary>
    public bool IsPaused => File.Exists(PauseRequest);

    /// <summary>What is kept of an attempt once a later one has begun.</summary>
    internal AttemptArchive Archive(int attempt) => new(this, attempt);

    /// <summary>What an attempt wrote, wherever it lies now: <see cref="Log"/> while no later one has begun.</summary>
    public string LogOf(int attempt) => Archive(attempt).Log is var kept && File.Exists(kept) ? kept : Log;

    /// <summary>How an earlier attempt ended.</summary>
    /// <exception cref="JobException"><c>bad_input</c>: there is none of that number, or it is the last one.</exception>
    public JobStatus ReadEnd(int attempt) => Archive(attempt).TryReadStatus() is { } ended && ReadStatus().Attempt > attempt ? ended : throw NoAttempt(attempt);

    public JobException NoAttempt(int attempt) =>
        new(ErrorCode.BadInput, string.Create(CultureInfo.InvariantCulture, $"Job {Id} has no attempt {attempt}: its last one is {ReadStatus().Attempt}."));

    public bool Exists => Directory.Exists(Path);

    internal bool HasSpec => File.Exists(Spec);

    public bool IsLocked => FolderLock.IsHeld(Lock);

    /// <exception cref="JobException"><c>corrupt</c>: torn, foreign or of a newer version; <c>job_not_found</c>: no such file.</exception>
    public JobSpec ReadSpec()
    {
        var bytes = ReadBytes(Spec);
        return _spec is { } known && known.Is(bytes) ? known.Value : Parse(Spec, bytes, JobsJson.Default.JobSpec, static spec => (spec.Version, spec.JobId));
    }

    /// <inheritdoc cref="ReadSpec"/>
    public JobStatus ReadStatus() => ReadStatus(Status);

    /// <inheritdoc cref="ReadSpec"/>
    internal JobStatus ReadStatus(string file)
    {
        var bytes = ReadBytes(file);
        return _status is { } known && known.Is(bytes) ? known.Value : Parse(file, bytes, JobsJson.Default.JobStatus, static status => (status.Version, status.JobId));
    }

    /// <summary>status.json as it is, for who only hands it on; null when it is missing.</summary>
    public byte[]? ReadStatusBytes()
    {
        try
        {
            return File.ReadAllBytes(Status);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public void WriteStatus(JobStatus status, bool durable)
    {
        var written = new Written<JobStatus>(JobsText.Write(status), status);
        AtomicFile.Write(Status, written.Bytes, durable);
        _status = written;
    }

    internal static void WriteStatus(string file, JobStatus status, bool durable) => AtomicFile.Write(file, JobsText.Write(status), durable);

    public void WriteResult(ReadOnlySpan<byte> json) => AtomicFile.Write(Result, json, durable: true);

    /// <summary>Durable before this returns: a job that is paused stays so over a power cut.</summary>
    internal void SetPaused(bool paused)
    {
        if (paused)
            AtomicFile.WriteBytes(PauseRequest, [], durable: true);
        else
            File.Delete(PauseRequest);
        AtomicFile.SyncFolder(Path);
    }

    /// <summary>Fills a folder that nobody can see yet.</summary>
    internal void Build(JobSpec spec, JobStatus status)
    {
        foreach (var folder in (string[])[Input, Output, Work])
            Directory.CreateDirectory(folder);
        AtomicFile.WriteBytes(Log, [], durable: false);
        _spec = new Written<JobSpec>(JobsText.Write(spec), spec);
        _status = new Written<JobStatus>(JobsText.Write(status), status);
        AtomicFile.WriteBytes(Spec, _spec.Bytes, durable: true);
        FailPoints.Pass(FailPoint.SubmitSpecWritten);
        AtomicFile.WriteBytes(Status, _status.Bytes, durable: true);
        FailPoints.Pass(FailPoint.SubmitStatusWritten);
        AtomicFile.SyncFolder(Path);
        FailPoints.Pass(FailPoint.SubmitFolderSynced);
    }

    /// <summary>The same folder under another name.</summary>
    internal JobFolder MovedTo(string path) => new(path, Id) { _spec = _spec, _status = _status };

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private byte[] ReadBytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Directory.Exists(Path) ? Corrupt(file, "it is missing", error) : JobStore.NotFound(Id.ToString());
        }
    }

    private T Parse<T>(string file, byte[] bytes, JsonTypeInfo<T> json, Func<T, (int Version, JobId Job)> identify)
        where T : class
    {
        try
        {
            var value = JsonSerializer.Deserialize(bytes, json) ?? throw Corrupt(file, "it is empty");
            var (version, job) = identify(value);
            if (version > KnownVersion)
                throw Corrupt(file, $"it is version {version}, written by a newer astrojobs");
            return job == Id ? value : throw Corrupt(file, $"it belongs to job {job}");
        }
        catch (JsonException error)
        {
            throw Corrupt(file, error.Message, error);
        }
    }

    private JobException Corrupt(string file, string why, Exception? inner = null) => new(
        ErrorCode.Corrupt,
        $"Cannot read '{file}': {why}.",
        $"The job's other files are untouched. Look at '{Path}'; `astrojobs delete {Id}` removes the job.",
        inner);

    /// <summary>What this object wrote last: a file with these very bytes needs no reading, which spares a submit the JSON reader.</summary>
    private sealed record Written<T>(byte[] Bytes, T Value)
    {
        public bool Is(ReadOnlySpan<byte> bytes) => bytes.SequenceEqual(Bytes);
    }
}
