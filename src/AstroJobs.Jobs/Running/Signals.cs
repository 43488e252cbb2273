using AstroJobs.Jobs.Native;
using Microsoft.Win32.SafeHandles;

namespace AstroJobs.Jobs.Running;

/// <summary>Signals to processes that are known for certain: a pidfd is opened first and the identity checked again behind it, so that no stranger is hit.</summary>
internal static class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int User1 = 10;
    public const int Terminate = 15;
    public const int Continue = 18;

    // The numbers of these calls are the same on every architecture that .NET runs on.
    private const int PidFdSendSignal = 424;
    private const int PidFdOpen = 434;

    /// <summary>False when the process is gone, is another one by now, or belongs to somebody else.</summary>
    public static bool Send(int pid, long startTicks, int signal)
    {
        var opened = (int)Libc.PidFdOpen(PidFdOpen, pid, 0);
        if (opened < 0)
            return Errno.Last == Libc.ENOSYS && SendByPid(pid, startTicks, signal);
        using var pidFd = new SafeFileHandle(opened, ownsHandle: true);
        return IsSame(pid, startTicks) && SendByPidFd(opened, signal);
    }

    private static unsafe bool SendByPidFd(int pidFd, int signal) => Libc.PidFdSendSignal(PidFdSendSignal, pidFd, signal, null, 0) == 0;

    /// <summary>Kernels before 5.3: between the check and the signal lies a moment that nothing closes.</summary>
    private static bool SendByPid(int pid, long startTicks, int signal) => IsSame(pid, startTicks) && Libc.Kill(pid, signal) == 0;

    private static bool IsSame(int pid, long startTicks) => ProcessIdentity.TryRead(pid) is { IsDead: false } process && process.StartTicks == startTicks;
}
