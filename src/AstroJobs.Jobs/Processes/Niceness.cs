using System.Globalization;
using System.Runtime.InteropServices;
using AstroJobs.Jobs.Native;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Jobs.Processes;

/// <summary>
/// How far this process stands back for others, at the processor and the disk. Linux keeps both for each thread, and a new thread or process
/// has them from the thread that made it.
/// </summary>
internal static class Niceness
{
    /// <summary>The nicest of all also lets everybody go first at the disk.</summary>
    private const int Nicest = 19;

    private const int ProcessOrThread = 0; // PRIO_PROCESS
    private const int IoProcessOrThread = 1; // IOPRIO_WHO_PROCESS
    private const int IoClassShift = 13;
    private const int IoBestEffort = 2;
    private const int IoIdle = 3;

    /// <summary>
    /// Sets it for all threads but the first, which only records how the work ended and starts the next jobs: nobody must wait for a lock whose
    /// holder stands back for everybody.
    /// </summary>
    public static void ApplyToWork(int nice, ILogger log)
    {
        var seen = new HashSet<int> { Environment.ProcessId };
        var isRefused = false;
        for (var found = true; found;)
        {
            found = false;
            foreach (var thread in Threads())
            {
                if (!seen.Add(thread))
                    continue;
                found = true; // it may have made another one before its turn came
                isRefused |= !TrySet(thread, nice);
            }
        }
        SetForSession(nice);
        if (isRefused)
            log.LogWarning("--nice {Nice} was not allowed: only root may take precedence", nice);
    }

    /// <summary>As the kernel derives it from the nice value for who has set nothing: best effort, 0 … 7.</summary>
    internal static int IoPriorityOf(int nice) => nice >= Nicest ? IoIdle << IoClassShift : (IoBestEffort << IoClassShift) | ((nice + 20) / 5);

    private static bool TrySet(int thread, int nice)
    {
        if (IoCall is { } call)
            Libc.SetIoPriority(call, IoProcessOrThread, thread, IoPriorityOf(nice));
        return Libc.SetPriority(ProcessOrThread, (uint)thread, nice) == 0 || Errno.Last is not (Libc.EACCES or Libc.EPERM);
    }

    /// <summary>Where the kernel groups processes by session (sched(7), autogroup), nice values count only within one.</summary>
    private static void SetForSession(int nice)
    {
        try
        {
            File.WriteAllText("/proc/self/autogroup", nice.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not every kernel has it, and it may be changed ten times a second at most.
        }
    }

    private static IEnumerable<int> Threads()
    {
        foreach (var folder in Directory.GetDirectories("/proc/self/task"))
            yield return int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture);
    }

    /// <summary>ioprio_set(2) has no function in the C library, and a number for each architecture.</summary>
    private static int? IoCall => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 251,
        Architecture.Arm64 => 30,
        _ => null,
    };
}
