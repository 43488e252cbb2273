using AstroJobs.Jobs.Native;
using AstroJobs.Jobs.Store;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Jobs.Watching;

/// <summary>
/// Sleeps until something happens in one of some job folders: a new status (a rename), a longer log (a write), or the death of the
/// worker (the kernel closes its lock file). inotify(7) does not see what other hosts do over NFS, so callers wake and look now and then all the same.
/// </summary>
public sealed unsafe class JobWatch : IDisposable
{
    private const uint Modify = 0x2;
    private const uint CloseWrite = 0x8;
    private const uint MovedTo = 0x80;
    private const uint DeleteSelf = 0x400;
    private const uint MoveSelf = 0x800;
    private const int NonBlocking = 0x800;
    private const short Readable = 1;

    private readonly SafeFileHandle? _events;
    private readonly SafeFileHandle _wake;

    /// <param name="withLog">Also wake when a file grows.</param>
    public JobWatch(IEnumerable<JobFolder> folders, bool withLog = false) : this(folders.Select(static folder => folder.Path), withLog)
    {
    }

    internal JobWatch(IEnumerable<string> folders, bool withLog = false)
    {
        _wake = new SafeFileHandle(Errno.Check(Libc.EventFd(0, NonBlocking | Libc.CloseOnExec), "make an event"), ownsHandle: true);
        var opened = Libc.InotifyInit(NonBlocking | Libc.CloseOnExec);
        if (opened < 0)
            return; // the user's limit of inotify instances is reached: the regular look remains
        _events = new SafeFileHandle(opened, ownsHandle: true);
        HearsChanges = true;
        foreach (var folder in folders)
            HearsChanges &= Libc.InotifyAddWatch(opened, folder, CloseWrite | MovedTo | DeleteSelf | MoveSelf | (withLog ? Modify : 0)) >= 0;
    }

    /// <summary>False when a limit of the kernel left some folder unwatched.</summary>
    public bool HearsChanges { get; }

    /// <summary>Returns when something happened, after <paramref name="longest"/> at the latest, or at once when cancelled.</summary>
    /// <returns>Whether something happened.</returns>
    public bool Wait(TimeSpan longest, CancellationToken cancellation)
    {
        using var registration = cancellation.Register(Wake);
        var files = stackalloc Libc.PollFd[2];
        files[0] = new Libc.PollFd { Fd = FileDescriptor.Number(_wake), Events = Readable };
        files[1] = new Libc.PollFd { Fd = _events is null ? -1 : FileDescriptor.Number(_events), Events = Readable };
        var ready = Libc.Poll(files, 2, (int)Math.Clamp(longest.TotalMilliseconds, 0, int.MaxValue));
        Drain();
        return ready > 0;
    }

    public void Dispose()
    {
        _events?.Dispose();
        _wake.Dispose();
    }

    private void Wake()
    {
        var one = 1UL;
        Libc.Write(FileDescriptor.Number(_wake), (byte*)&one, sizeof(ulong));
    }

    private void Drain()
    {
        if (_events is null)
            return;
        const int size = 4096;
        var buffer = stackalloc byte[size];
        while (Libc.Read(FileDescriptor.Number(_events), buffer, size) > 0)
        {
        }
    }
}
