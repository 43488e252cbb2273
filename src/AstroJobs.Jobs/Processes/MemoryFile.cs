using AstroJobs.Jobs.Native;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Jobs.Processes;

/// <summary>A file without a name, in memory (memfd_create(2)): what is handed to another process, whatever becomes of the files on disk.</summary>
internal static class MemoryFile
{
    private const uint CloseOnExec = 1; // MFD_CLOEXEC

    /// <exception cref="IOException">The kernel gives none.</exception>
    public static SafeFileHandle Of(ReadOnlySpan<byte> content)
    {
        var file = new SafeFileHandle(Errno.Check(Libc.MemoryFile("astrojobs", CloseOnExec), "make a file in memory"), ownsHandle: true);
        RandomAccess.Write(file, content, 0);
        return file;
    }
}
