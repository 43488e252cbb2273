using System.Globalization;

namespace AstroJobs.Cli.Tests.Queueing;

/// <summary><c>submit --nice</c>: the work stands back, what holds the locks does not.</summary>
public sealed class NiceTests : CallerFixture
{
    [Test]
    public void The_tool_stands_back_at_the_processor_and_the_disk_and_the_thread_that_holds_the_locks_does_not()
    {
        var gate = Store.Beside("gate");
        var before = NiceOf(Environment.ProcessId); // of this test, and so of what it submits
        var nice = Math.Min(before + 1, 18); // hardly: it is to end on a busy machine
        var id = Store.SubmitWith(["--nice", $"{nice}"], "bash", "-c", $"echo [$(nice), \\\"$(ionice -p $$)\\\"]; while [ ! -e '{gate}' ]; do sleep 0.1; done");
        CallerStore.Eventually(() => Store.StoredState(id) == "processing" && LiveProcesses.OfJob(id, "bash").Count > 0, "it runs");
        var worker = Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32();
        Assert.That(NiceOf(worker), Is.EqualTo(before));
        File.WriteAllText(gate, "");
        Assert.That(Store.Wait(id).ExitCode, Is.Zero);
        var said = File.ReadAllText(Path.Combine(Store.Folder(id), "task.log"));
        Assert.That(said, Does.Contain($"[{nice}, \"best-effort: prio {(nice + 20) / 5}\"]"));
    }

    [TestCase("20")]
    [TestCase("-21")]
    [TestCase("very")]
    public void What_is_no_nice_value_is_refused(string nice) => Store.Run("submit", "run", "--nice", nice, "--", "true").MustFail(2, "usage");

    /// <summary>Field 19 of /proc/PID/stat: that of the first thread.</summary>
    private static int NiceOf(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19 - 3], CultureInfo.InvariantCulture);
    }
}
