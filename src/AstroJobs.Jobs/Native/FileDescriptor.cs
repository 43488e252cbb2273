using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Jobs.Native;

/// <summary>Opens files by open(2) itself: File.OpenHandle takes a flock of its own on every file and cannot open folders.</summary>
internal static class FileDescriptor
{
    private const int DefaultMode = 0x1B6; // 0666, less the umask

    public static SafeFileHandle? TryOpen(string path, int flags, out int errno)
    {
        int fd;
        do
        {
            fd = Libc.Open(path, flags | Libc.CloseOnExec, DefaultMode);
        }
        while (fd < 0 && Errno.Last == Libc.EINTR);
        errno = fd < 0 ? Errno.Last : 0;
        return fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true);
    }

    public static SafeFileHandle Open(string path, int flags) =>
        TryOpen(path, flags, out var errno) ?? throw Errno.Failure($"open '{path}'", errno);

    public static int Number(SafeFileHandle handle) => (int)handle.DangerousGetHandle();
}
