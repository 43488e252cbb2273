using System.Globalization;
using AstroJobs.Jobs.Native;

namespace AstroJobs.Jobs.Store;

/// <summary>
/// attempts/N of a job: how an attempt ended, its log and its products, out of the way of the next one. Its status.json is the record of
/// how it ended and is there before the job's own status.json names the next attempt; the rest follows, by renames that may be done again.
/// </summary>
internal sealed class AttemptArchive(JobFolder job, int attempt)
{
    public string Folder { get; } = Path.Combine(job.Attempts, attempt.ToString(CultureInfo.InvariantCulture));

    public string Log => Path.Combine(Folder, "task.log");

    private string Status => Path.Combine(Folder, "status.json");

    private string Output => Path.Combine(Folder, "output");

    /// <summary>How the attempt ended; null while that is not recorded here, or where it cannot be read.</summary>
    public JobStatus? TryReadStatus()
    {
        try
        {
            return File.Exists(Status) ? job.ReadStatus(Status) : null;
        }
        catch (JobException error) when (error.Code is ErrorCode.Corrupt or ErrorCode.JobNotFound)
        {
            return null;
        }
    }

    /// <summary>Durable, the way to it included.</summary>
    public void WriteStatus(JobStatus ended)
    {
        if (!Directory.Exists(Folder))
        {
            Directory.CreateDirectory(Folder);
            AtomicFile.SyncFolder(job.Attempts);
            AtomicFile.SyncFolder(job.Path);
        }
        JobFolder.WriteStatus(Status, ended, durable: true);
    }

    /// <summary>
    /// Moves the log and the products here and leaves the next attempt a clean folder. Whoever makes the next attempt does it, and whoever
    /// starts it does it again: nothing happens twice. Not to be called once that attempt has begun.
    /// </summary>
    /// <param name="keepWork">The next attempt goes on with the products and the scratch: only result.json comes here.</param>
    public void Complete(bool keepWork)
    {
        Directory.CreateDirectory(Folder);
        File.Delete(job.CancelRequest(attempt));
        Move(job.Log, Log);
        if (keepWork)
        {
            Directory.CreateDirectory(Output);
            Move(job.Result, Path.Combine(Output, Path.GetFileName(job.Result)));
        }
        else
        {
            Move(job.Output, Output);
            FolderRemoval.Remove(job.Work);
        }
        Directory.CreateDirectory(job.Output);
        Directory.CreateDirectory(job.Work);
        if (!File.Exists(job.Log))
            AtomicFile.WriteBytes(job.Log, [], durable: false);
    }

    /// <summary>A file or a folder, in one step; what is here already stays, what is not there need not come.</summary>
    private static void Move(string from, string to)
    {
        if (Path.Exists(from) && !Path.Exists(to))
            Errno.Check(Libc.Rename(from, to), $"move '{from}' to '{to}'");
    }
}
