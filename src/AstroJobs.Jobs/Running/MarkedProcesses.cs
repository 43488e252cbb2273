using System.Globalization;
using System.Text;
using AstroJobs.Jobs.Processes;

namespace AstroJobs.Jobs.Running;

/// <summary>
/// Every process that belongs together: a leader's whole session, and those that left the session but carry the mark in their
/// environment (a tool that called setsid, or one whose worker was killed).
/// </summary>
/// <param name="marks">Environment variables that are handed down to all children: NAME=VALUE.</param>
/// <param name="leader">A process that belongs to it whatever its environment says.</param>
internal sealed class MarkedProcesses(IEnumerable<string> marks, ProcessIdentity? leader = null, WorkerIdentity? worker = null)
{
    private readonly byte[][] _marks = [.. marks.Select(static mark => Encoding.ASCII.GetBytes($"\0{mark}\0"))];

    /// <summary>All that the worker of one attempt is and started; what another attempt at the same job started is not among them.</summary>
    public static MarkedProcesses OfAttempt(JobStatus status) => new(
        [$"{Worker.JobVariable}={status.JobId}", string.Create(CultureInfo.InvariantCulture, $"{Worker.AttemptVariable}={status.Attempt}")], worker: status.Worker);

    public static MarkedProcesses OfTool(string mark, ProcessIdentity? tool) => new([$"{ToolRunner.Mark}={mark}"], tool);

    /// <summary>Who lives now, the calling process left out.</summary>
    public IReadOnlyList<ProcessIdentity> Alive()
    {
        List<ProcessIdentity> all = [.. ProcessIdentity.All()];
        List<ProcessIdentity> marked = [.. all.Where(process => IsMarked(process.Pid))];
        var hasSession = worker is not null && worker.BootId == HostIdentity.BootId && (all.Exists(IsWorker) || marked.Exists(IsInSession));
        return [.. (hasSession ? marked.Union(all.Where(IsInSession)) : marked).Union(all.Where(IsLeader))
            .Where(static process => !process.IsDead && process.Pid != Environment.ProcessId)];
    }

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

    private bool IsLeader(ProcessIdentity process) => process.Pid == leader?.Pid && process.StartTicks == leader.StartTicks;

    private bool IsWorker(ProcessIdentity process) => process.Pid == worker?.Pid && process.StartTicks == worker.StartTicks;

    /// <summary>
    /// A pid is not given away while it still names a session: so a session is all ours or all a stranger's, who got our pid when nothing of
    /// ours was left and made a session of his own. It is ours when the worker or something marked is in it.
    /// </summary>
    private bool IsInSession(ProcessIdentity process) => process.Session == worker?.Pid && process.StartTicks >= worker.StartTicks;

    private bool IsMarked(int candidate)
    {
        try
        {
            byte[] environment = [0, .. File.ReadAllBytes($"/proc/{candidate}/environ")];
            return Array.TrueForAll(_marks, mark => environment.AsSpan().IndexOf(mark) >= 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // gone meanwhile, or another user's
        }
    }
}
