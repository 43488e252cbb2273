using System.Text;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// Every process that belongs together: a leader's whole session, and those that left the session but carry the mark in their
/// environment (a tool that called setsid, or one whose worker was killed).
/// </summary>
/// <param name="variable">An environment variable that is handed down to all children.</param>
/// <param name="pid">A process that belongs to it whatever its environment says.</param>
internal sealed class MarkedProcesses(string variable, string value, int? pid = null, WorkerIdentity? worker = null)
{
    private readonly byte[] _mark = Encoding.ASCII.GetBytes($"\0{variable}={value}\0");

    /// <summary>All that a job's worker is and started.</summary>
    public static MarkedProcesses OfJob(JobId job, WorkerIdentity? worker) => new(Worker.JobVariable, job.ToString(), worker: worker);

    /// <summary>Who lives now, the calling process left out.</summary>
    public IReadOnlyList<ProcessIdentity> Alive() =>
        [.. ProcessIdentity.All().Where(process => !process.IsDead && process.Pid != Environment.ProcessId && Belongs(process))];

    /// <summary>Sends a signal to all of them; a stopped process is woken so that it can hear it.</summary>
    public static void Signal(IEnumerable<ProcessIdentity> processes, int signal)
    {
        foreach (var process in processes)
        {
            Signals.Send(process.Pid, process.StartTicks, signal);
            if (signal != Signals.Kill)
                Signals.Send(process.Pid, process.StartTicks, Signals.Continue);
        }
    }

    private bool Belongs(ProcessIdentity process) => process.Pid == pid || IsInSession(process) || IsMarked(process.Pid);

    /// <summary>A pid is not given away while it still names a session, and whoever started before the worker cannot be in its session.</summary>
    private bool IsInSession(ProcessIdentity process) =>
        worker is not null && worker.BootId == HostIdentity.BootId && process.Session == worker.Pid && process.StartTicks >= worker.StartTicks;

    private bool IsMarked(int candidate)
    {
        try
        {
            var environment = File.ReadAllBytes($"/proc/{candidate}/environ").AsSpan();
            return environment.IndexOf(_mark) >= 0 || environment.StartsWith(_mark.AsSpan(1));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // gone meanwhile, or another user's
        }
    }
}
