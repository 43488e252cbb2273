using AstroJobs.Jobs.Native;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Jobs.Store;

/// <summary>
/// An exclusive lock that the kernel drops when its holder dies, however it dies. It belongs to the open file, not to the process
/// (F_OFD_SETLK, fcntl(2)): whoever starts a worker takes the lock first and hands the open file over, so that the lock has no gap;
/// and others can ask whether it is held without taking it.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private FolderLock(SafeFileHandle handle) => Handle = handle;

    internal SafeFileHandle Handle { get; }

    /// <summary>Takes the lock of <paramref name="path"/> (made when missing), or returns null when somebody holds it.</summary>
    /// <exception cref="IOException">The file cannot be opened, or its file system has no locks.</exception>
    public static FolderLock? TryAcquire(string path) => TryAcquire(FileDescriptor.Open(path, Libc.ReadWrite | Libc.Create), path);

    /// <summary>Takes the lock, or returns null when somebody holds it or there is no such file.</summary>
    public static FolderLock? TryAcquireExisting(string path) =>
        FileDescriptor.TryOpen(path, Libc.ReadWrite, out var errno) is { } handle ? TryAcquire(handle, path)
        : errno == Libc.ENOENT ? null
        : throw Errno.Failure($"open '{path}'", errno);

    private static FolderLock? TryAcquire(SafeFileHandle handle, string path)
    {
        if (TryLock(handle, path))
            return new FolderLock(handle);
        handle.Dispose();
        return null;
    }

    /// <summary>Takes the lock, or returns null when it is still held after <paramref name="patience"/>.</summary>
    public static FolderLock? Acquire(string path, TimeSpan patience)
    {
        var deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        for (var pause = 1; ; pause = Math.Min(pause * 2, 20))
        {
            if (TryAcquire(path) is { } held)
                return held;
            if (Environment.TickCount64 >= deadline)
                return null;
            Thread.Sleep(pause);
        }
    }

    /// <summary>Whether the locked file has lost its name: who comes next locks another one.</summary>
    public bool IsOfDeletedFile => new FileInfo($"/proc/self/fd/{FileDescriptor.Number(Handle)}").LinkTarget?.EndsWith(" (deleted)", StringComparison.Ordinal) ?? false;

    /// <summary>Whether somebody holds the lock. Takes nothing and makes nothing; a missing file is not held.</summary>
    public static unsafe bool IsHeld(string path)
    {
        using var handle = FileDescriptor.TryOpen(path, Libc.ReadOnly, out _);
        if (handle is null)
            return false;
        var query = new Libc.FileLock { Type = Libc.WriteLock };
        Errno.Check(Libc.Fcntl(FileDescriptor.Number(handle), Libc.GetOpenFileLock, &query), $"ask for the lock '{path}'");
        return query.Type != Libc.Unlocked;
    }

    /// <summary>Takes over a lock that the parent process acquired and passed as an open file.</summary>
    public static FolderLock Adopt(int fd)
    {
        const int closeOnExec = 1;
        Errno.Check(Libc.Fcntl(fd, Libc.SetFdFlags, closeOnExec), $"adopt the lock passed as file {fd}");
        return new FolderLock(new SafeFileHandle(fd, ownsHandle: true));
    }

    /// <summary>Writes into the locked file whom it is held for; best effort: a full disk must not keep a job from starting.</summary>
    public void Note(JobId holder)
    {
        try
        {
            RandomAccess.Write(Handle, System.Text.Encoding.ASCII.GetBytes(holder.ToString()), 0);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Whom the file names, read through the lock itself: who held it and died without <see cref="ClearNote"/>. Null when it names nobody.</summary>
    public JobId? ReadNote()
    {
        Span<byte> digits = stackalloc byte[JobId.Length];
        return RandomAccess.Read(Handle, digits, 0) == digits.Length && JobId.TryParse(System.Text.Encoding.ASCII.GetString(digits), out var holder) ? holder : null;
    }

    /// <summary>Its holder ends in good order and leaves nothing behind.</summary>
    public void ClearNote()
    {
        try
        {
            RandomAccess.SetLength(Handle, 0);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>What <see cref="Note"/> wrote last; null when nothing did.</summary>
    public static JobId? ReadNote(string path) => File.Exists(path) && JobId.TryParse(File.ReadAllText(path), out var holder) ? holder : null;

    public void Dispose() => Handle.Dispose();

    private static unsafe bool TryLock(SafeFileHandle handle, string path)
    {
        var wanted = new Libc.FileLock { Type = Libc.WriteLock };
        if (Libc.Fcntl(FileDescriptor.Number(handle), Libc.SetOpenFileLock, &wanted) == 0)
            return true;
        return Errno.Last is Libc.EAGAIN or Libc.EACCES ? false : throw Errno.Failure($"lock '{path}'", Errno.Last);
    }
}
