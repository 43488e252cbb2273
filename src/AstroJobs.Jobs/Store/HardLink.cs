using AstroJobs.Jobs.Native;

namespace AstroJobs.Jobs.Store;

/// <summary>One file under two names.</summary>
public static class HardLink
{
    /// <summary>
    /// Gives a file a second name, or copies it where the file system has no such thing or is another one; whole or not at all, and on disk.
    /// A name that is there already stays what it is.
    /// </summary>
    public static void MakeOrCopy(string file, string name)
    {
        if (Libc.Link(file, name) < 0 && Errno.Last is var errno)
        {
            if (errno == Libc.EEXIST)
                return;
            if (errno is not (Libc.EXDEV or Libc.EPERM or Libc.EMLINK or Libc.EOPNOTSUPP or Libc.ENOSYS))
                throw Errno.Failure($"link '{file}' as '{name}'", errno);
            Copy(file, name);
        }
        AtomicFile.SyncFolder(Path.GetDirectoryName(name)!);
    }

    private static void Copy(string file, string name)
    {
        var partial = Path.Combine(Path.GetDirectoryName(name)!, $".{Path.GetFileName(name)}.partial");
        try
        {
            File.Delete(partial); // of a copy that was killed, or a link that somebody put there: it is not followed
            File.Copy(file, partial);
            using (var copy = File.OpenHandle(partial, FileMode.Open, FileAccess.ReadWrite))
                RandomAccess.FlushToDisk(copy);
            File.Move(partial, name, overwrite: false);
        }
        catch (IOException)
        {
            File.Delete(partial);
            if (!File.Exists(name))
                throw;
        }
    }
}
