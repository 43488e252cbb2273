using AstroJobs.Jobs.Native;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>The lock of a job that nobody works on, taken for a moment by who changes it.</summary>
internal static class JobClaim
{
    private static readonly TimeSpan UntilDead = TimeSpan.FromSeconds(1);

    /// <summary>A worker that has recorded its end still clears its scratch, which can be large.</summary>
    private static readonly TimeSpan UntilCleared = TimeSpan.FromSeconds(10);

    /// <exception cref="JobException"><c>job_running</c>; <c>job_not_found</c> when somebody has just deleted it.</exception>
    public static FolderLock Take(JobFolder folder)
    {
        FolderLock? claim;
        try
        {
            claim = FolderLock.Acquire(folder.Lock, HasEnded(folder) ? UntilCleared : UntilDead);
        }
        catch (IOException error) when (error.HResult == Libc.ENOENT)
        {
            throw JobStore.NotFound(folder.Id.ToString());
        }
        if (claim is null)
            throw Running(folder.Id);
        if (folder.Exists)
            return claim;
        claim.Dispose(); // deleted between the opening of the file and its lock: it is the lock of a folder in the trash
        throw JobStore.NotFound(folder.Id.ToString());
    }

    public static JobException Running(JobId job) => new(ErrorCode.JobRunning, $"Job {job} is running.", $"Cancel it first: `astrojobs cancel {job}`.");

    private static bool HasEnded(JobFolder folder)
    {
        try
        {
            return folder.ReadStatus().IsFinal;
        }
        catch (JobException)
        {
            return false; // gone or torn
        }
    }
}
