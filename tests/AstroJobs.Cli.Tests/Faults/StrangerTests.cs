using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace AstroJobs.Cli.Tests.Faults;

/// <summary>A dead worker's pid names a stranger, or the machine was started anew: nobody is signalled who is not the job's. Alone, since the kernel is told which pid comes next: another test's process could be given one that a third test is about to signal.</summary>
[NonParallelizable]
public sealed class StrangerTests : CallerFixture
{
    private const string LastPid = "/proc/sys/kernel/ns_last_pid";

    private readonly List<int> _strangers = [];

    [TearDown]
    public void KillStrangers() => _strangers.ForEach(static pid => LiveProcesses.Kill(pid));

    /// <summary>The last one made a session of the pid: it leads one as a worker does. Tried again: somebody else may have been given the pid.</summary>
    [Test]
    [Retry(3)]
    public void A_stranger_with_the_workers_pid_is_not_signalled([Values("sleep", "setsid")] string program, [Values("status", "cancel")] string verb)
    {
        var id = Running();
        var worker = WorkerOf(id);
        KillAll(id);
        MakeStranger(worker, program);

        var said = Store.Run(verb, id);

        Assert.That((said.State, said.ErrorCode), Is.EqualTo(("error", verb == "cancel" ? "not_cancellable" : "worker_lost")), said.Output);
        Assert.That(Store.StoredState(id), Is.EqualTo("error"));
        Assert.That(LiveProcesses.CommandLine(worker)[0], Is.EqualTo("sleep"), "the stranger lives");
        Assert.That(Store.Wait(Store.Submit("true")).State, Is.EqualTo("done"));
        Assert.That(LiveProcesses.CommandLine(worker)[0], Is.EqualTo("sleep"), "also when the slot is given away");
    }

    [Test]
    [Retry(3)]
    public void A_stranger_in_a_session_that_is_named_after_the_workers_pid_is_not_signalled()
    {
        var id = Running();
        var worker = WorkerOf(id);
        KillAll(id);
        MakeStranger(worker, "setsid", "--fork-first"); // its leader is gone: only the session tells of the pid
        var stranger = _strangers[^1];

        Store.Run("status", id);
        Store.Run("cancel", id);

        Assert.That(LiveProcesses.CommandLine(stranger)[0], Is.EqualTo("sleep"), "the stranger lives");
    }

    [Test]
    public void After_a_restart_of_the_machine_a_running_job_is_lost_and_nothing_is_signalled([Values("status", "cancel")] string verb)
    {
        var id = Running();
        var worker = WorkerOf(id);
        KillAll(id);
        using var stranger = Process.Start("sleep", "600"); // the status names it as if it were the worker, from before the restart
        _strangers.Add(stranger.Id);
        Rewrite(id, status =>
        {
            status["worker"]!["boot_id"] = "11111111-2222-3333-4444-555555555555";
            status["worker"]!["pid"] = stranger.Id;
            status["worker"]!["start_ticks"] = StartTicks(stranger.Id);
        });

        Store.Run(verb, id);

        Assert.That(Store.Run("status", id).ErrorCode, Is.EqualTo("worker_lost"));
        Assert.That(stranger.HasExited, Is.False);
        Assert.That(Store.Wait(Store.Submit("true")).State, Is.EqualTo("done"), "the slot is free");
        Assert.That(worker, Is.Not.EqualTo(stranger.Id));
    }

    private string Running()
    {
        var id = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        return id;
    }

    private int WorkerOf(string id) => Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32();

    private void KillAll(string id)
    {
        var worker = WorkerOf(id);
        foreach (var pid in LiveProcesses.OfJob(id))
            LiveProcesses.Kill(pid);
        CallerStore.Eventually(() => !Directory.Exists($"/proc/{worker}"), "the worker is gone and its pid free");
    }

    private void Rewrite(string id, Action<JsonNode> change)
    {
        var status = JsonNode.Parse(File.ReadAllBytes(Store.StatusFile(id)))!;
        change(status);
        File.WriteAllText(Store.StatusFile(id), status.ToJsonString());
    }

    private static long StartTicks(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[22 - 3], CultureInfo.InvariantCulture);
    }

    /// <summary>The kernel gives the pid after the last one: so the last one is set until one of our processes gets the wanted pid.</summary>
    private void MakeStranger(int pid, params string[] how)
    {
        // The helper forks with the last pid set; its child execs what is wanted, in a session of its own where asked for.
        var script = $$"""
            import os, sys, time
            want, session, leave = int(sys.argv[1]), sys.argv[2] == 'setsid', len(sys.argv) > 3
            for _ in range(2000):
                with open('{{LastPid}}', 'w') as f:
                    f.write(str(want - 1))
                child = os.fork()
                if child == 0:
                    if os.getpid() != want:
                        os._exit(1)
                    if session:
                        os.setsid()
                    if leave and os.fork() != 0:
                        os._exit(0)
                    null = os.open('/dev/null', os.O_RDWR)
                    for fd in (0, 2):
                        os.dup2(null, fd)
                    os.write(1, b'%d\n' % os.getpid())
                    os.dup2(null, 1)
                    os.execvp('sleep', ['sleep', '600'])
                if child == want:
                    if leave:
                        os.waitpid(child, 0)
                    sys.exit(0)
                os.waitpid(child, 0)
            sys.exit(3)
            """;
        var said = Store.RunProgram("/usr/bin/python3", ["-c", script, pid.ToString(CultureInfo.InvariantCulture), .. how]);
        if (said.Error.Contains("PermissionError", StringComparison.Ordinal) || said.Error.Contains("Read-only", StringComparison.Ordinal))
            Assert.Ignore("The next pid can only be set by root.");
        Assert.That(said.ExitCode, Is.Zero, said.Error);
        var stranger = int.Parse(said.Output, CultureInfo.InvariantCulture);
        _strangers.Add(stranger);
        CallerStore.Eventually(() => LiveProcesses.CommandLine(stranger)[0] == "sleep", "the stranger runs");
    }
}
