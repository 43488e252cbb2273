using AstroJobs.Jobs.Native;

namespace AstroJobs.Jobs.Processes;

/// <summary>
/// stdin, stdout and stderr of this process, where the caller gave them. A caller may have closed them (<c>&gt;&amp;-</c>, some cron and init
/// programs): then their numbers go to the files that are opened next, and what is meant for the caller would be written into those.
/// </summary>
public static class StandardFiles
{
    private const int GetFdFlags = 1; // F_GETFD
    private const int GetFileFlags = 3; // F_GETFL
    private const int AccessMode = 3; // O_ACCMODE

    /// <summary>Puts /dev/null where nothing is yet. Called before anything else.</summary>
    public static void OpenMissing()
    {
        for (var fd = 0; fd <= 2; fd++)
            if (Libc.Fcntl(fd, GetFdFlags, 0) < 0)
                Errno.Check(Libc.Open("/dev/null", Libc.ReadWrite, 0), "open '/dev/null'"); // the lowest free number: this one
    }

    /// <summary>stdout, or nothing where the caller gave none.</summary>
    public static Stream OpenOutput() => IsCallers(1) ? Console.OpenStandardOutput() : Stream.Null;

    /// <summary>stderr, or nothing where the caller gave none.</summary>
    public static TextWriter OpenError() => IsCallers(2) ? Console.Error : TextWriter.Null;

    /// <summary>Whether a person reads stdout.</summary>
    public static bool OutputIsTerminal => Libc.IsATty(1) == 1;

    /// <summary>Writes to stdout by the C library itself: System.Console sets up a terminal first, which a poll would pay for with a tenth of its time.</summary>
    /// <returns>False when nobody reads it any more, or its disk is full. A caller who gave no stdout wants no answer: that is true.</returns>
    public static unsafe bool TryWriteOutput(ReadOnlySpan<byte> bytes)
    {
        if (!IsCallers(1))
            return true;
        while (bytes.Length > 0)
        {
            nint written;
            fixed (byte* start = bytes)
                written = Libc.Write(1, start, (nuint)bytes.Length);
            if (written > 0)
                bytes = bytes[(int)written..];
            else if (Errno.Last != Libc.EINTR)
                return false;
        }
        return true;
    }

    /// <summary>
    /// The runtime opens a pipe to itself before any code of ours runs: where the caller closed stdout or stderr, that is the reading end,
    /// or the writing end of one whose reading end has a number below.
    /// </summary>
    private static bool IsCallers(int fd)
    {
        if (!CanWrite(fd))
            return false;
        var target = TargetOf(fd);
        return !target.StartsWith("pipe:", StringComparison.Ordinal) || !Enumerable.Range(0, fd).Any(lower => !CanWrite(lower) && TargetOf(lower) == target);
    }

    private static bool CanWrite(int fd) => Libc.Fcntl(fd, GetFileFlags, 0) is >= 0 and var flags && (flags & AccessMode) != Libc.ReadOnly;

    private static string TargetOf(int fd) => new FileInfo($"/proc/self/fd/{fd}").LinkTarget ?? "";
}
