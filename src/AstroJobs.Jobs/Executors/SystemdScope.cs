using System.Globalization;
using System.Text;
using AstroJobs.Jobs.Processes;
using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using Microsoft.Extensions.Logging;

namespace AstroJobs.Jobs.Executors;

/// <summary>
/// A worker in a systemd scope of its own, which no restart of the service that called takes along. systemd-run(1) asks for the scope, moves
/// itself there and becomes the worker: the same process, with the open files that it was given.
/// </summary>
/// <param name="worker">The program that it becomes.</param>
internal sealed class SystemdScope(string worker, TimeProvider time)
{
    private const string Program = "systemd-run";

    /// <summary>systemd answers within milliseconds; one that does not must not hold up a submit.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <param name="start">Starts a command line and says its pid.</param>
    /// <returns>False, with the reason in the log, when no scope is to be had and nothing was started.</returns>
    public bool TryStart(JobFolder folder, int attempt, IReadOnlyList<string> command, Func<IReadOnlyList<string>, int> start)
    {
        if (ProgramPath.Find(Program, folder.Path) is not { } program)
            return Refuse(folder, $"there is no program '{Program}'");
        var pid = start([.. Arguments(program, Environment.IsPrivilegedProcess, folder.Id, attempt), .. command]);
        if (Becomes(pid) || folder.ReadStatus().State != JobState.Queued) // one that has ended already had begun first
            return true;
        return Refuse(folder, $"{Program} started nothing; what it said stands above");
    }

    /// <param name="isRoot">Root asks the system's manager, anybody else his own.</param>
    internal static IReadOnlyList<string> Arguments(string program, bool isRoot, JobId job, int attempt) =>
    [
        program,
        isRoot ? "--system" : "--user",
        "--scope",
        "--quiet",
        "--collect",
        string.Create(CultureInfo.InvariantCulture, $"--unit=astrojobs-{job}-{attempt}"),
        $"--description=astrojobs job {job}",
        "--",
    ];

    private static bool Refuse(JobFolder folder, string reason)
    {
        using var log = new TaskLog(folder.Log, long.MaxValue, TimeProvider.System, isStandard: false);
        log.LogWarning("ASTROJOBS_DETACH=scope: {Reason}. The worker starts without a scope of its own.", reason);
        return false;
    }

    private bool Becomes(int pid)
    {
        for (var started = time.GetTimestamp(); ProcessIdentity.TryRead(pid) is { IsDead: false } process; Thread.Sleep(Pause))
        {
            if (IsWorker(pid))
                return true;
            if (time.GetElapsedTime(started) > Patience)
                Signals.Send(process.Pid, process.StartTicks, Signals.Kill);
        }
        return false;
    }

    /// <summary>Until then the first word of its command line is systemd-run's.</summary>
    private bool IsWorker(int pid)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{pid}/cmdline").AsSpan().StartsWith(Encoding.UTF8.GetBytes($"{worker}\0"));
        }
        catch (IOException)
        {
            return false; // gone
        }
    }
}
