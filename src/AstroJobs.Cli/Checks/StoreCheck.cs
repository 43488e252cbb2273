using System.Globalization;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Cli.Checks;

/// <summary>Whether jobs can be made: the folder, its room, its locks. Makes nothing where no store is yet.</summary>
internal static class StoreCheck
{
    private const long LowSpaceBytes = 1L << 30; // a night of frames needs more

    public static IEnumerable<CheckResult> Run(JobStore store)
    {
        yield return CheckFolder(store.Root);
        var existing = NearestFolder(store.Root);
        yield return CheckSpace(existing);
        if (Directory.Exists(store.Engine))
            yield return CheckLocks(store);
    }

    private static CheckResult CheckFolder(string root)
    {
        const string mend = "Set JOBS_DIR (or --jobs-dir) to a folder that you can write to.";
        if (File.Exists(root))
            return new CheckResult("store", false, $"{root} is a file", mend);
        var existing = NearestFolder(root);
        if (!FolderAccess.CanWrite(existing))
            return new CheckResult("store", false, $"{existing} cannot be written", mend);
        return new CheckResult("store", true, Directory.Exists(root) ? root : $"{root} (made by the first submit)");
    }

    private static CheckResult CheckSpace(string folder)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var found = string.Create(CultureInfo.InvariantCulture, $"{free / 1e9:0.0} GB free");
        return new CheckResult("disk", free >= LowSpaceBytes, found, free >= LowSpaceBytes ? null : "Free some space: delete old jobs (`astrojobs list`, `astrojobs delete ID`).");
    }

    private static CheckResult CheckLocks(JobStore store)
    {
        try
        {
            var probe = Path.Combine(store.Engine, "doctor");
            using (var held = FolderLock.TryAcquire(probe))
            {
                if (held is not null && !FolderLock.IsHeld(probe))
                    return new CheckResult("locks", false, "a held lock is not seen", "Put JOBS_DIR on a local disk: this file system's locks do not hold.");
            }
            File.Delete(probe);
            return new CheckResult("locks", true, "hold");
        }
        catch (IOException error)
        {
            return new CheckResult("locks", false, error.Message, "Put JOBS_DIR on a local disk (or mount NFS with locks).");
        }
    }

    private static string NearestFolder(string path)
    {
        while (!Directory.Exists(path))
            path = Path.GetDirectoryName(path) ?? "/";
        return path;
    }
}
