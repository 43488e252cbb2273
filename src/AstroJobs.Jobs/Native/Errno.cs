using System.Runtime.InteropServices;

namespace AstroJobs.Jobs.Native;

/// <summary>errno as an exception, at the first managed line.</summary>
internal static class Errno
{
    public static int Last => Marshal.GetLastPInvokeError();

    public static IOException Failure(string what, int errno) => new($"Cannot {what}: {Marshal.GetPInvokeErrorMessage(errno)}.", errno);

    public static int Check(int result, string what) => result >= 0 ? result : throw Failure(what, Last);

    /// <summary>No room left: a full disk, a quota, a file-size limit. .NET's IOException carries errno as its HResult.</summary>
    public static bool IsDiskFull(Exception exception) =>
        exception is IOException { HResult: Libc.ENOSPC or Libc.EDQUOT or Libc.EFBIG } || (exception.InnerException is { } inner && IsDiskFull(inner));
}
