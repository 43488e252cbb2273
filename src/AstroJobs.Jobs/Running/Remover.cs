using AstroJobs.Jobs.Faults;
using AstroJobs.Jobs.Native;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Running;

/// <summary>Deletes jobs: out of sight in one step, then file by file.</summary>
internal sealed class Remover(JobStore store, Queue queue)
{
    /// <exception cref="JobException"><c>job_running</c>; <c>job_not_found</c> when somebody else has just deleted it.</exception>
    public void Delete(JobFolder folder)
    {
        using var claim = JobClaim.Take(folder);
        FailPoints.Pass(FailPoint.DeleteClaimed);
        var key = KeyOf(folder);
        queue.Remove(folder, NotBefore(folder));
        FailPoints.Pass(FailPoint.DeleteUnqueued);
        Directory.CreateDirectory(store.Trash);
        var trash = Path.Combine(store.Trash, folder.Id.ToString());
        Errno.Check(Libc.Rename(folder.Path, trash), $"move '{folder.Path}' to the trash");
        FailPoints.Pass(FailPoint.DeleteTrashed);
        AtomicFile.SyncFolder(store.Root);
        FailPoints.Pass(FailPoint.DeleteSynced);
        if (key is not null)
            JobKey.Forget(store, key);
        FolderRemoval.Remove(trash);
    }

    /// <summary>Finishes what killed deletes left. What cannot be deleted now is left for the next time: it is in nobody's way.</summary>
    public void EmptyTrash()
    {
        JobKey.ForgetGone(store);
        if (!Directory.Exists(store.Trash))
            return;
        foreach (var folder in Directory.EnumerateDirectories(store.Trash))
        {
            try
            {
                FolderRemoval.Remove(folder);
            }
            catch (IOException)
            {
            }
        }
    }

    private static string? KeyOf(JobFolder folder)
    {
        try
        {
            return folder.ReadSpec().Key;
        }
        catch (JobException error) when (error.Code == ErrorCode.Corrupt)
        {
            return null; // the next prune sees that its job is gone
        }
    }

    /// <summary>A job whose status cannot be read is deleted all the same: what stands in for it among the timed ones is dropped when it falls due.</summary>
    private static DateTimeOffset? NotBefore(JobFolder folder)
    {
        try
        {
            return folder.ReadStatus().NotBefore;
        }
        catch (JobException error) when (error.Code == ErrorCode.Corrupt)
        {
            return null;
        }
    }
}
