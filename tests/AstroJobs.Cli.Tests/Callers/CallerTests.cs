namespace AstroJobs.Cli.Tests.Callers;

/// <summary>Whoever calls, and however: submit returns while the job runs on, and the job holds nothing of the caller.</summary>
public sealed class CallerTests : IDisposable
{
    private const string Command = "[os.environ['ASTROJOBS'],'submit','run','--','sleep','60']";

    private readonly CallerStore _store = new();

    public void Dispose() => _store.Dispose();

    private static readonly TestCaseData<string, string>[] Callers =
    [
        new("python3", $"import subprocess,os; print(subprocess.check_output({Command}).decode(),end='')") { TestName = "Python check_output" },
        new("python3", $"import subprocess,os; print(subprocess.check_output({Command},stderr=subprocess.STDOUT).decode(),end='')") { TestName = "Python check_output with stderr" },
        new("python3", $"import subprocess,os; print(subprocess.run({Command},capture_output=True,text=True,check=True).stdout,end='')") { TestName = "Python run with captured output" },
        new("python3", $"import subprocess,os; p=subprocess.Popen({Command},stdin=subprocess.PIPE,stdout=subprocess.PIPE,stderr=subprocess.PIPE); o,e=p.communicate(b'x'); assert e==b'',e; print(o.decode(),end='')") { TestName = "Python Popen with three pipes" },
        new("python3", $"import subprocess,os,pty; m,s=pty.openpty(); print(subprocess.check_output({Command},stdin=s,stderr=s).decode(),end='')") { TestName = "Python on a terminal" },
        new("python3", $"import subprocess,os; k=[os.pipe() for _ in range(200)]; [os.set_inheritable(f,True) for p in k for f in p]; print(subprocess.check_output({Command},close_fds=False).decode(),end='')") { TestName = "Python with 400 inherited pipes" },
        new("python3", $"import subprocess,os,signal; [signal.signal(s,signal.SIG_IGN) for s in (1,2,3,15,17,10,12)]; signal.pthread_sigmask(signal.SIG_BLOCK,range(1,32)); print(subprocess.check_output({Command},restore_signals=False).decode(),end='')") { TestName = "Python with all signals ignored and blocked" },
        new("node", "process.stdout.write(require('child_process').execFileSync(process.env.ASTROJOBS,['submit','run','--','sleep','60']))") { TestName = "Node execFileSync" },
        new("node", "const r=require('child_process').spawnSync(process.env.ASTROJOBS,['submit','run','--','sleep','60'],{stdio:['ignore','pipe','pipe']}); process.stdout.write(r.stdout)") { TestName = "Node spawnSync" },
        new("bash", """ID=$("$ASTROJOBS" submit run -- sleep 60 2>&1); printf '%s\n' "$ID" """) { TestName = "bash command substitution" },
        new("bash", """ "$ASTROJOBS" submit run -- sleep 60 2>&1 | cat """) { TestName = "bash pipe" },
        new("bash", """exec env -i ASTROJOBS_X=1 JOBS_DIR="$JOBS_DIR" PATH=/usr/bin:/bin setsid -w "$ASTROJOBS" submit run -- sleep 60 <&- """) { TestName = "cron: no environment, no stdin, no terminal" },
        new("bash", """trap '' HUP INT; nohup "$ASTROJOBS" submit run -- sleep 60 """) { TestName = "nohup" },
        new("bash", """mkdir gone && cd gone && rmdir ../gone && "$ASTROJOBS" submit run --jobs-dir "$JOBS_DIR" -- sleep 60; cd / && "$ASTROJOBS" submit run -- sleep 60 """) { TestName = "bash in a folder that is gone" },
    ];

    [TestCaseSource(nameof(Callers))]
    public void Submit_returns_while_the_job_runs_on_and_the_job_holds_nothing_of_its_caller(string program, string script)
    {
        var said = _store.RunProgram(program, program == "node" ? "-e" : "-c", script);
        var line = said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        Assert.That(line, Does.Match("""^\{"ok":true,"job_id":"[0-9a-f]{32}","created":true\}$"""), said.Output + said.Error);
        var id = new Said(0, line + "\n", "").JobId!;
        Assert.That(_store.StoredState(id), Is.EqualTo("queued").Or.EqualTo("processing"));
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        var worker = _store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32();
        var tool = LiveProcesses.OfJob(id, "sleep").Single();
        Assert.Multiple(() =>
        {
            Assert.That(LiveProcesses.Session(worker), Is.EqualTo(worker), "the worker leads a session of its own");
            Assert.That(FilesOf(worker).Where(IsForeign), Is.Empty);
            Assert.That(new FileInfo($"/proc/{worker}/fd/0").LinkTarget, Is.EqualTo("/dev/null"));
            Assert.That(new FileInfo($"/proc/{worker}/fd/1").LinkTarget, Is.EqualTo(Path.Combine(_store.Folder(id), "task.log")));
            Assert.That(FilesOf(tool), Has.Count.EqualTo(3).And.All.Match("^(pipe|socket):"), "the tool has its stdio and nothing else");
            Assert.That(Ignored(tool), Is.Zero, "the tool ignores no signal");
            Assert.That(Convert.ToUInt64(LiveProcesses.Field(tool, "SigBlk"), 16), Is.Zero);
            Assert.That(Convert.ToUInt64(LiveProcesses.Field(worker, "SigBlk"), 16), Is.Zero);
        });

        bool IsForeign(string target) => !target.StartsWith(_store.Folder(id), StringComparison.Ordinal)
            && !target.StartsWith(Path.Combine(_store.Root, ".astrojobs", "slots"), StringComparison.Ordinal)
            && target is not ("/dev/null" or "/dev/urandom") && target != PublishedProgram.Path && !target.StartsWith("anon_inode:", StringComparison.Ordinal)
            && !target.StartsWith("/memfd:doublemapper", StringComparison.Ordinal) && !IsOwnPipe(target)
            && !target.StartsWith("/sys/", StringComparison.Ordinal) && !target.StartsWith("/proc/", StringComparison.Ordinal); // the runtime looks at the machine now and then

        // The pipes to the tool and the runtime's own are no file of the caller: both ends are in this job.
        bool IsOwnPipe(string target) => (target.StartsWith("pipe:", StringComparison.Ordinal) || target.StartsWith("socket:", StringComparison.Ordinal))
            && !Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(static name => name!.All(char.IsAsciiDigit))
                .Select(static name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture))
                .Where(pid => pid != worker && pid != tool).Any(pid => FilesOf(pid).Contains(target));
    }

    [TestCase(">&-", 0)]
    [TestCase("2>&-", 0)]
    [TestCase("<&-", 0)]
    [TestCase("<&- >&- 2>&-", 0)]
    [TestCase(">/dev/full", 1)]
    public void Closed_and_full_outputs_harm_nobody(string redirections, int exitCode)
    {
        var said = _store.RunProgram("bash", "-c", $""" "$ASTROJOBS" submit run -- sleep 60 {redirections}; echo $?; "$ASTROJOBS" list {redirections} """);
        Assert.That(said.Output.Split('\n').First(static line => line.Length < 5), Is.EqualTo($"{exitCode}"), said.Output + said.Error);
        Assert.That(said.Error, Does.Not.Contain("Unhandled"));
        var id = _store.Run("list").Json.GetProperty("jobs").EnumerateArray().Single().GetProperty("job_id").GetString()!;
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "the tool runs");
        Assert.That(File.ReadAllText(Path.Combine(_store.Folder(id), "task.log")), Does.Not.Contain("\"ok\""), "no answer went into a file");
    }

    [Test]
    public void A_reader_that_goes_away_is_no_failure() =>
        Assert.That(_store.RunProgram("bash", "-c", """set -o pipefail; "$ASTROJOBS" list | true; echo "${PIPESTATUS[0]}" """).Output, Is.EqualTo("0\n"));

    [Test]
    public void A_grandchild_that_keeps_the_pipes_does_not_keep_the_job()
    {
        var id = _store.Submit("sh", "-c", "sleep 60 & echo begun");
        var said = _store.Wait(id);
        Assert.That((said.ExitCode, said.State), Is.EqualTo((0, "done")));
        Assert.That(LiveProcesses.OfJob(id, "sleep"), Has.Count.EqualTo(1), "what a finished job left running was meant to run on");
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
