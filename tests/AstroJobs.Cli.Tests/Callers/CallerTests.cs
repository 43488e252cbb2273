using System.Globalization;

namespace AstroJobs.Cli.Tests.Callers;

/// <summary>Whoever calls, and however: submit returns while the job runs on, and the job holds nothing of the caller.</summary>
public sealed class CallerTests : CallerFixture
{
    private const string Command = "[os.environ['ASTROJOBS'],'submit','run','--','sleep','600']";

    private static readonly TestCaseData<string, string>[] Callers =
    [
        new("python3", $"import subprocess,os; print(subprocess.check_output({Command}).decode(),end='')") { TestName = "Python check_output" },
        new("python3", $"import subprocess,os; print(subprocess.check_output({Command},stderr=subprocess.STDOUT).decode(),end='')") { TestName = "Python check_output with stderr" },
        new("python3", $"import subprocess,os; print(subprocess.run({Command},capture_output=True,text=True,check=True).stdout,end='')") { TestName = "Python run with captured output" },
        new("python3", $"import subprocess,os; p=subprocess.Popen({Command},stdin=subprocess.PIPE,stdout=subprocess.PIPE,stderr=subprocess.PIPE); o,e=p.communicate(b'x'); assert e==b'',e; print(o.decode(),end='')") { TestName = "Python Popen with three pipes" },
        new("python3", $"import subprocess,os,pty; m,s=pty.openpty(); print(subprocess.check_output({Command},stdin=s,stderr=s).decode(),end='')") { TestName = "Python on a terminal" },
        new("python3", $"import subprocess,os; k=[os.pipe() for _ in range(250)]; [os.set_inheritable(f,True) for p in k for f in p]; print(subprocess.check_output({Command},close_fds=False).decode(),end='')") { TestName = "Python with 500 open inherited files" },
        new("python3", $"import subprocess,os,signal; [signal.signal(s,signal.SIG_IGN) for s in (1,2,3,15,17,10,12)]; signal.pthread_sigmask(signal.SIG_BLOCK,range(1,32)); print(subprocess.check_output({Command},restore_signals=False).decode(),end='')") { TestName = "Python with all signals ignored and blocked" },
        new("node", "require('child_process').execFile(process.env.ASTROJOBS,['submit','run','--','sleep','600'],(error,out,err)=>{if(error||err)throw error||err; process.stdout.write(out)})") { TestName = "Node execFile" },
        new("node", "const p=require('child_process').spawn(process.env.ASTROJOBS,['submit','run','--','sleep','600']); let o=''; p.stdout.on('data',d=>o+=d); p.stderr.pipe(process.stderr); p.on('close',c=>{process.stdout.write(o); process.exitCode=c})") { TestName = "Node spawn" },
        new("node", "process.stdout.write(require('child_process').execFileSync(process.env.ASTROJOBS,['submit','run','--','sleep','600']))") { TestName = "Node execFileSync" },
        new("node", "const r=require('child_process').spawnSync(process.env.ASTROJOBS,['submit','run','--','sleep','600'],{stdio:['ignore','pipe','pipe']}); process.stdout.write(r.stdout)") { TestName = "Node spawnSync" },
        new("bash", """ID=$("$ASTROJOBS" submit run -- sleep 600 2>&1); printf '%s\n' "$ID" """) { TestName = "bash command substitution" },
        new("bash", """ "$ASTROJOBS" submit run -- sleep 600 2>&1 | cat """) { TestName = "bash pipe" },
        new("bash", """exec env -i ASTROJOBS_X=1 JOBS_DIR="$JOBS_DIR" PATH=/usr/bin:/bin setsid -w "$ASTROJOBS" submit run -- sleep 600 <&- """) { TestName = "cron: no environment, no stdin, no terminal" },
        new("bash", """trap '' HUP INT; nohup "$ASTROJOBS" submit run -- sleep 600 """) { TestName = "nohup" },
        new("bash", """mkdir gone && cd gone && rmdir ../gone && "$ASTROJOBS" submit run --jobs-dir "$JOBS_DIR" -- sleep 600; cd / && "$ASTROJOBS" submit run -- sleep 600 """) { TestName = "bash in a folder that is gone" },
    ];

    [TestCaseSource(nameof(Callers))]
    public void Submit_returns_while_the_job_runs_on_and_the_job_holds_nothing_of_its_caller(string program, string script)
    {
        var said = Store.RunProgram(program, program == "node" ? "-e" : "-c", script);
        var line = said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        Assert.That(line, Does.Match("""^\{"ok":true,"job_id":"[0-9a-f]{32}","created":true\}$"""), said.Output + said.Error);
        var id = new Said(0, line + "\n", "").JobId!;
        Assert.That(Store.StoredState(id), Is.EqualTo("queued").Or.EqualTo("processing"));
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        var worker = Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32();
        var tool = LiveProcesses.OfJob(id, "sleep").Single();
        Assert.Multiple(() =>
        {
            Assert.That(LiveProcesses.Session(worker), Is.EqualTo(worker), "the worker leads a session of its own");
            Assert.That(FilesOf(worker).Where(IsForeign), Is.Empty);
            Assert.That(new FileInfo($"/proc/{worker}/fd/0").LinkTarget, Is.EqualTo("/dev/null"));
            Assert.That(new FileInfo($"/proc/{worker}/fd/1").LinkTarget, Is.EqualTo(Path.Combine(Store.Folder(id), "task.log")));
            Assert.That(FilesOf(tool), Has.Count.EqualTo(3).And.All.Match("^(pipe|socket):"), "the tool has its stdio and nothing else");
            Assert.That(Ignored(tool), Is.Zero, "the tool ignores no signal");
            Assert.That(Convert.ToUInt64(LiveProcesses.Field(tool, "SigBlk"), 16), Is.Zero);
            Assert.That(Convert.ToUInt64(LiveProcesses.Field(worker, "SigBlk"), 16), Is.Zero);
        });

        bool IsForeign(string target) => !target.StartsWith(Store.Folder(id), StringComparison.Ordinal)
            && !target.StartsWith(Path.Combine(Store.Root, ".astrojobs", "slots"), StringComparison.Ordinal)
            && target is not ("/dev/null" or "/dev/urandom") && target != PublishedProgram.Path && !target.StartsWith("anon_inode:", StringComparison.Ordinal)
            && !target.StartsWith("/memfd:doublemapper", StringComparison.Ordinal) && !IsOwnPipe(target)
            && !target.StartsWith("/sys/", StringComparison.Ordinal) && !target.StartsWith("/proc/", StringComparison.Ordinal); // the runtime looks at the machine now and then

        // The pipes to the tool and the runtime's own are no file of the caller: both ends are in this job.
        bool IsOwnPipe(string target) => (target.StartsWith("pipe:", StringComparison.Ordinal) || target.StartsWith("socket:", StringComparison.Ordinal))
            && !Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(static name => name!.All(char.IsAsciiDigit))
                .Select(static name => int.Parse(name!, CultureInfo.InvariantCulture))
                .Where(pid => pid != worker && pid != tool).Any(pid => FilesOf(pid).Contains(target));
    }

    [TestCase(">&-", 0)]
    [TestCase("2>&-", 0)]
    [TestCase("<&-", 0)]
    [TestCase("<&- >&- 2>&-", 0)]
    [TestCase(">/dev/full", 1)]
    public void Closed_and_full_outputs_harm_nobody(string redirections, int exitCode)
    {
        var said = Store.RunProgram("bash", "-c", $""" "$ASTROJOBS" submit run -- sleep 600 {redirections}; echo $?; "$ASTROJOBS" list {redirections} """);
        Assert.That(said.Output.Split('\n').First(static line => line.Length < 5), Is.EqualTo($"{exitCode}"), said.Output + said.Error);
        Assert.That(said.Error, Does.Not.Contain("Unhandled"));
        var id = Store.Run("list").Json.GetProperty("jobs").EnumerateArray().Single().GetProperty("job_id").GetString()!;
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        Assert.That(File.ReadAllText(Path.Combine(Store.Folder(id), "task.log")), Does.Not.Contain("\"ok\""), "no answer went into a file");
    }

    /// <summary>It is killed while submit works; whoever reads the answer is gone. What it asked for is done or is not there.</summary>
    [TestCase("os.kill(os.getpid(),signal.SIGKILL)", TestName = "A caller that is killed at once")]
    [TestCase("os._exit(0)", TestName = "A caller that ends at once")]
    [TestCase("os.killpg(0,signal.SIGHUP)", TestName = "A caller whose terminal hangs up at once")]
    public void A_caller_that_dies_at_once_leaves_a_whole_job_or_none(string death)
    {
        var pid = Store.RunProgram("python3", "-c", $"import subprocess,os,signal; os.setsid(); p=subprocess.Popen({Command},stdout=subprocess.PIPE,stderr=subprocess.PIPE); os.write(2,str(p.pid).encode()); {death}").Error;
        CallerStore.Eventually(() => LiveProcesses.IsOver(int.Parse(pid, CultureInfo.InvariantCulture)), "submit has ended");
        foreach (var job in Store.Run("list").Json.GetProperty("jobs").EnumerateArray())
        {
            var id = job.GetProperty("job_id").GetString()!;
            CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "it runs");
            Assert.That(Store.Run("cancel", id).State, Is.EqualTo("cancelled"));
        }
        Assert.That(Store.Wait(Store.Submit("true")).State, Is.EqualTo("done"));
    }

    [Test]
    public void A_terminal_that_hangs_up_after_the_submit_takes_no_job_along()
    {
        var said = Store.RunProgram("python3", "-c", """
            import os, pty
            pid, terminal = pty.fork()
            if pid == 0:
                os.execvp('bash', ['bash', '-c', '"$ASTROJOBS" submit run --output json -- sleep 600; exec sleep 600'])
            seen = b''
            while b'\n' not in seen:
                seen += os.read(terminal, 65536)
            os.close(terminal)
            print(os.WTERMSIG(os.waitpid(pid, 0)[1]), seen[seen.index(b'{'):].decode().strip())
            """);
        Assert.That(said.Output, Does.StartWith("1 {"), "the terminal's other program was ended by SIGHUP");
        var id = new Said(0, said.Output[2..], "").JobId!;
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "it runs on");
        Assert.That(Store.Run("status", id).State, Is.EqualTo("processing"));
    }

    [Test]
    public void A_reader_that_goes_away_is_no_failure() =>
        Assert.That(Store.RunProgram("bash", "-c", """set -o pipefail; "$ASTROJOBS" list | true; echo "${PIPESTATUS[0]}" """).Output, Is.EqualTo("0\n"));

    [Test]
    public void A_grandchild_that_keeps_the_pipes_does_not_keep_the_job()
    {
        var id = Store.Submit("sh", "-c", "sleep 600 & echo begun");
        var said = Store.Wait(id);
        Assert.That((said.ExitCode, said.State), Is.EqualTo((0, "done")));
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "what a finished job left running was meant to run on");
    }

    // Signal 32 is glibc's own; its posix_spawn leaves it ignored.
    private static ulong Ignored(int pid) => Convert.ToUInt64(LiveProcesses.Field(pid, "SigIgn"), 16) & 0x7FFF_FFFF;

    private static List<string> FilesOf(int pid)
    {
        try
        {
            return [.. Directory.EnumerateFiles($"/proc/{pid}/fd").Select(static fd => new FileInfo(fd).LinkTarget).OfType<string>()];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
