using System.Runtime.InteropServices;

namespace AstroJobs.Jobs.Native;

/// <summary>What the C library offers and .NET 10 does not: sessions, signals, open-file locks, directory fsync, inotify.</summary>
internal static unsafe partial class Libc
{
    public const int ReadOnly = 0;
    public const int ReadWrite = 2;
    public const int Append = 0x400;
    public const int Create = 0x40;
    public const int CloseOnExec = 0x80000;

    public const int WorkingFolder = -100; // AT_FDCWD
    public const int RemoveFolder = 0x200; // AT_REMOVEDIR

    public const int SetFdFlags = 2; // F_SETFD
    public const int DuplicateCloseOnExec = 1030; // F_DUPFD_CLOEXEC
    public const int GetOpenFileLock = 36; // F_OFD_GETLK
    public const int SetOpenFileLock = 37; // F_OFD_SETLK

    public const int MayWrite = 2; // W_OK

    public const short WriteLock = 1;
    public const short Unlocked = 2;

    public const nint DefaultAction = 0; // SIG_DFL

    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int EAGAIN = 11;
    public const int EACCES = 13;
    public const int EEXIST = 17;
    public const int EXDEV = 18;
    public const int EISDIR = 21;
    public const int EFBIG = 27;
    public const int ENOSPC = 28;
    public const int EROFS = 30;
    public const int EMLINK = 31;
    public const int ENOSYS = 38;
    public const int EOPNOTSUPP = 95;
    public const int EDQUOT = 122;

    /// <summary>O_NOFOLLOW, which the kernel numbers otherwise on ARM.</summary>
    public static int NoFollow => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <summary>The file's own name: the runtime would try half a dozen others before a shorter one.</summary>
    public const string Name = "libc.so.6";

    // int open(const char *pathname, int flags, mode_t mode)
    [LibraryImport(Name, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode);

    // int openat(int dirfd, const char *pathname, int flags, mode_t mode)
    [LibraryImport(Name, EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int folder, byte* name, int flags, int mode);

    // int unlinkat(int dirfd, const char *pathname, int flags)
    [LibraryImport(Name, EntryPoint = "unlinkat", SetLastError = true)]
    public static partial int UnlinkAt(int folder, byte* name, int flags);

    // ssize_t getdents64(int fd, void *dirp, size_t count)
    [LibraryImport(Name, EntryPoint = "getdents64", SetLastError = true)]
    public static partial nint ReadFolder(int folder, byte* entries, nuint size);

    // int close(int fd)
    [LibraryImport(Name, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int fd);

    // int dup2(int oldfd, int newfd)
    [LibraryImport(Name, EntryPoint = "dup2", SetLastError = true)]
    public static partial int Dup2(int fd, int target);

    // int memfd_create(const char *name, unsigned int flags)
    [LibraryImport(Name, EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MemoryFile(string name, uint flags);

    // int fsync(int fd)
    [LibraryImport(Name, EntryPoint = "fsync", SetLastError = true)]
    public static partial int FSync(int fd);

    // int fcntl(int fd, int cmd, struct flock *lock)
    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Fcntl(int fd, int command, FileLock* fileLock);

    // int fcntl(int fd, int cmd, int arg)
    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Fcntl(int fd, int command, int argument);

    // int rename(const char *oldpath, const char *newpath)
    [LibraryImport(Name, EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Rename(string from, string to);

    // int link(const char *oldpath, const char *newpath)
    [LibraryImport(Name, EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Link(string file, string name);

    // int access(const char *pathname, int mode)
    [LibraryImport(Name, EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    // int kill(pid_t pid, int sig)
    [LibraryImport(Name, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    // long syscall(SYS_pidfd_open, pid_t pid, unsigned flags)
    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint PidFdOpen(nint number, int pid, uint flags);

    // long syscall(SYS_pidfd_send_signal, int pidfd, int sig, siginfo_t *info, unsigned flags)
    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint PidFdSendSignal(nint number, int pidFd, int signal, void* info, uint flags);

    // long syscall(SYS_close_range, unsigned first, unsigned last, unsigned flags)
    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint CloseRange(nint number, uint first, uint last, uint flags);

    // int setpriority(int which, id_t who, int prio)
    [LibraryImport(Name, EntryPoint = "setpriority", SetLastError = true)]
    public static partial int SetPriority(int which, uint who, int nice);

    // long syscall(SYS_ioprio_set, int which, int who, int ioprio)
    [LibraryImport(Name, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SetIoPriority(nint number, int which, int who, int priority);

    // sighandler_t signal(int signum, sighandler_t handler)
    [LibraryImport(Name, EntryPoint = "signal", SetLastError = true)]
    public static partial nint Signal(int signal, nint handler);

    // int inotify_init1(int flags)
    [LibraryImport(Name, EntryPoint = "inotify_init1", SetLastError = true)]
    public static partial int InotifyInit(int flags);

    // int inotify_add_watch(int fd, const char *pathname, uint32_t mask)
    [LibraryImport(Name, EntryPoint = "inotify_add_watch", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int InotifyAddWatch(int fd, string path, uint mask);

    // int poll(struct pollfd *fds, nfds_t nfds, int timeout)
    [LibraryImport(Name, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollFd* fds, nuint count, int timeoutMilliseconds);

    // int eventfd(unsigned int initval, int flags)
    [LibraryImport(Name, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFd(uint initial, int flags);

    // int isatty(int fd)
    [LibraryImport(Name, EntryPoint = "isatty", SetLastError = true)]
    public static partial int IsATty(int fd);

    // ssize_t write(int fd, const void *buf, size_t count)
    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int fd, byte* buffer, nuint count);

    // ssize_t read(int fd, void *buf, size_t count)
    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int fd, byte* buffer, nuint count);

    // struct flock of 64-bit Linux
    [StructLayout(LayoutKind.Sequential)]
    public struct FileLock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int Pid;
    }

    // struct dirent64
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct FolderEntry
    {
        public ulong Inode;
        public long Offset;
        public ushort Length;
        public byte Type;
        public fixed byte Name[256]; // as long as it is, up to a zero
    }

    // struct pollfd
    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Fd;
        public short Events;
        public short Returned;
    }
}
