using AstroJobs.Jobs;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Commands;

/// <summary>One job's log as it comes, from attempt to attempt, until the job has ended.</summary>
/// <param name="only">The attempt to end with; null goes on with the next ones.</param>
/// <param name="print">Given all that was written, in pieces; an empty piece says that there is no more.</param>
internal sealed class FollowedLog(JobEngine engine, JobFolder folder, int? only, Action<string> print)
{
    private const int ReadBytes = 1 << 20;

    private int _attempt = only ?? engine.Look(folder).Attempt;
    private LogFile? _file;
    private long _offset;

    public void Begin(Func<LogFile, LogChunk> first) => Print(first(Open()));

    /// <summary>Prints what is new.</summary>
    /// <returns>False when the job has ended, or was deleted.</returns>
    public bool GoesOn()
    {
        try
        {
            // The state is looked at before the file is read, so that what was written before the end is not missed.
            var status = engine.Look(folder);
            var hasEnded = status.IsFinal && !folder.IsLocked;
            ReadOn();
            while (status.Attempt > _attempt && only is null && folder.LogOf(_attempt) != folder.Log && File.Exists(folder.Log))
                ReadNext();
            if (!hasEnded && (only is null || status.Attempt == _attempt))
                return true;
        }
        catch (Exception error) when (error is JobException { Code: ErrorCode.JobNotFound } or FileNotFoundException or DirectoryNotFoundException)
        {
        }
        _file?.Dispose();
        print("");
        return false;
    }

    private void ReadOn()
    {
        for (LogChunk chunk; (chunk = Open().Read(_offset, ReadBytes)).NextOffset > _offset;)
            Print(chunk);
    }

    private void ReadNext()
    {
        _file?.Dispose();
        _file = null;
        _offset = 0;
        _attempt++;
        ReadOn();
    }

    private LogFile Open() => _file ??= new LogFile(() => folder.LogOf(_attempt));

    private void Print(LogChunk chunk)
    {
        _offset = chunk.NextOffset;
        if (chunk.Content.Length > 0)
            print(chunk.Content);
    }
}
