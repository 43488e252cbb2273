using System.Text.Json;

namespace AstroJobs.Cli.Tests.Verbs;

/// <summary>What runs and what waits, for who reads a stream and for who sits at a terminal.</summary>
public sealed class WatchTests : CallerFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Test]
    public void Once_shows_what_runs_and_waits_or_what_the_filters_say()
    {
        var done = Store.Submit("true");
        Store.Wait(done);
        var running = Store.SubmitWith(["--project", "m42"], "sleep", "600");
        var waiting = Store.Submit("sleep", "600");
        Assert.Multiple(() =>
        {
            Assert.That(Ids(Store.Run("watch", "--once")), Is.EqualTo((string[])[waiting, running]));
            Assert.That(Ids(Store.Run("watch", "--once", "--project", "m42")), Is.EqualTo((string[])[running]));
            Assert.That(Ids(Store.Run("watch", "--once", "--state", "done")), Is.EqualTo((string[])[done]));
            Assert.That(Store.Run("watch", "--once", "--output", "text").Output, Does.Contain($"{running[..16]}  run ").And.Contain($"{waiting[..16]}  run ").And.Contain("waits for slot").And.Not.Contain("\u001b"));
        });
    }

    [TestCase("json")]
    [TestCase("text")]
    public void Who_reads_a_stream_is_told_of_each_change_until_he_interrupts(string format)
    {
        using var watch = Store.Start(PublishedProgram.Path, "watch", "--output", format);
        var gate = Store.Beside("gate");
        var id = Store.Submit("sh", "-c", $"until [ -e '{gate}' ]; do sleep 0.05; done");
        Assert.That(ReadUntil("processing"), Does.Contain(id));
        File.WriteAllText(gate, "");
        var last = ReadUntil("done");
        Assert.That(last, Does.Contain(id));
        if (format == "json")
            Assert.That(JsonDocument.Parse(last).RootElement.GetProperty("ok").GetBoolean(), Is.True);
        LiveProcesses.Kill(watch.Id, "INT");
        Assert.That(watch.WaitForExit(Patience), Is.True);
        Assert.That(watch.ExitCode, Is.EqualTo(130));

        string ReadUntil(string state)
        {
            while (true)
            {
                var line = watch.StandardOutput.ReadLineAsync();
                Assert.That(line.Wait(Patience), Is.True, $"told that it is {state}");
                Assert.That(line.Result, Is.Not.Null);
                if (line.Result!.Contains(format == "json" ? $"\"state\":\"{state}\"" : $"  {state}", StringComparison.Ordinal))
                    return line.Result;
            }
        }
    }

    /// <summary>Python is the terminal: it reads until it sees the job, types Ctrl-C, and reads on to the end.</summary>
    [Test]
    public void On_a_terminal_it_is_a_table_until_control_c()
    {
        var id = Store.SubmitWith(["--name", "night one"], "sleep", "600");
        var said = Store.RunProgram("python3", "-c", """
            import os, pty, sys
            pid, terminal = pty.fork()
            if pid == 0:
                os.execv(os.environ['ASTROJOBS'], ['astrojobs', 'watch'])
            seen, typed = b'', False
            while True:
                try:
                    piece = os.read(terminal, 65536)
                except OSError:
                    break
                seen += piece
                if not typed and seen.count(b'night one') >= 2:
                    os.write(terminal, b'\x03'); typed = True
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            sys.stdout.buffer.write(seen)
            """);
        Assert.That(said.Output, Does.StartWith("130\n"), said.Error);
        Assert.That(said.Output, Does.Contain(id[..16]).And.Contain("[....................]").And.Contain("\u001b[3A").And.Contain("\u001b[?25h"), "drawn again in its place, the cursor given back");
    }

    private static List<string> Ids(Said said) => [.. said.Json.GetProperty("jobs").EnumerateArray().Select(static job => job.GetProperty("job_id").GetString()!)];
}
