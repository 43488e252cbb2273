using AstroJobs.Jobs.Native;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>The lock of a job that nobody works on, taken for a moment by who changes it.</summary>
internal static class JobClaim
{
    /// <param name="patience">A worker holds its lock for a moment after it has written how the job ended.</param>
    /// <exception cref="JobException"><c>job_running</c>; <c>job_not_found</c> when somebody has just deleted it.</exception>
    public static FolderLock Take(JobFolder folder, TimeSpan patience)
    {
        FolderLock? claim;
        try
        {
            claim = FolderLock.Acquire(folder.Lock, patience);
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
}
