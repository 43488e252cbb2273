using System.Text.Json;

namespace AstroJobs.Cli.Tests;

/// <summary>The files under <c>samples</c>, run as they are.</summary>
public sealed class SamplesTests
{
    private static readonly string[] Callers = ["call_from_python.py", "call_from_node.mjs", "call_from_bash.sh"];

    [TestCaseSource(nameof(Callers))]
    public void A_caller_gets_its_burst_stacked(string caller)
    {
        using var store = new CallerStore();

        var said = store.RunProgram(Sample(caller), "3");

        Assert.That(said.ExitCode, Is.Zero, said.Output + said.Error);
        using var result = JsonDocument.Parse(said.Output);
        Assert.That(result.RootElement.GetProperty("used").GetInt32(), Is.EqualTo(3));
        var jobs = store.Run("list", "--project", "samples").Json.GetProperty("jobs").EnumerateArray().ToList();
        Assert.That(jobs.Select(static job => job.GetProperty("kind").GetString()), Is.EqualTo(["stack", "burst"]));
        Assert.That(Path.Combine(store.Folder(jobs[0].GetProperty("job_id").GetString()!), "output", "stack.fits"), Does.Exist);
    }

    [TestCaseSource(nameof(Callers))]
    public void A_caller_says_why_a_submit_is_refused_and_exits_with_its_code(string caller)
    {
        using var store = new CallerStore();

        var said = store.RunProgram(Sample(caller), "0");

        Assert.That(said.ExitCode, Is.EqualTo(2), said.Output + said.Error);
        Assert.That(said.Error, Does.Match("bad_input: .*count"));
        Assert.That(said.Output, Is.Empty);
    }

    [TestCaseSource(nameof(Callers))]
    public void A_caller_says_that_the_program_is_missing(string caller)
    {
        using var store = new CallerStore();
        store.Variables["ASTROJOBS"] = store.Beside("nothing");

        var said = store.RunProgram(Sample(caller));

        Assert.That(said.ExitCode, Is.EqualTo(1));
        Assert.That(said.Error, Does.StartWith("There is no program '").And.Contain("scripts/install"));
    }

    [Test]
    public void The_crontab_deletes_what_ended_long_ago_and_nothing_else()
    {
        using var store = new CallerStore();
        var oldDone = store.Submit("true");
        var oldFailed = store.Submit("false");
        var recent = store.Submit("true");
        store.Wait(oldDone, oldFailed, recent);
        var running = store.Submit("sleep", "600");
        var queued = store.Submit("true");
        CallerStore.Eventually(() => store.StoredState(running) == "processing", "the job runs");
        foreach (var id in (string[])[oldDone, oldFailed])
            store.MoveBack(id, TimeSpan.FromDays(32));
        var (settings, command) = ReadCrontab("prune.cron");

        store.Variables["PATH"] = $"{Path.GetDirectoryName(PublishedProgram.Path)}:{settings["PATH"]}";
        var said = store.RunProgram("/bin/sh", "-c", command);

        Assert.That((said.ExitCode, said.Output, said.Error), Is.EqualTo((0, "", "")));
        Assert.That(settings, Contains.Key("JOBS_DIR"));
        var left = Directory.EnumerateDirectories(store.Root).Select(Path.GetFileName).Where(static name => name![0] != '.');
        Assert.That(left, Is.EquivalentTo([recent, running, queued]));
    }

    [Test]
    public void The_crontab_for_the_start_of_the_machine_lets_lost_jobs_go_on_and_starts_what_waits()
    {
        using var store = new CallerStore();
        var burst = store.Run("submit", "burst", "--count", "2", "--size", "320x240", "--instant", "--interval", "120").JobId!;
        var (running, queued) = (store.Submit("sleep", "600"), store.Submit("true"));
        CallerStore.Eventually(() => store.Stored(burst).GetProperty("progress").ToString().Contains("Frame 1/2 saved", StringComparison.Ordinal), "the burst has a frame");
        CallerStore.Eventually(() => LiveProcesses.OfJob(running, "sleep").Count == 1, "the job runs");
        foreach (var id in (string[])[burst, running])
            LiveProcesses.Kill(store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32());
        var (settings, command) = ReadCrontab("recover.cron");

        store.Variables["PATH"] = $"{Path.GetDirectoryName(PublishedProgram.Path)}:{settings["PATH"]}";
        var said = store.RunProgram("/bin/sh", "-c", command);

        Assert.That((said.ExitCode, said.Output, said.Error), Is.EqualTo((0, "", "")));
        CallerStore.Eventually(() => store.StoredState(burst) == "done" && store.StoredState(queued) == "done", "both end, no other verb run");
        Assert.That(store.Stored(running).GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("worker_lost"));
    }

    /// <summary>A crontab is settings NAME=VALUE and lines of five time fields, or @reboot, and a command (crontab(5)).</summary>
    private static (Dictionary<string, string> Settings, string Command) ReadCrontab(string name)
    {
        var lines = File.ReadAllLines(Sample(name)).Where(static line => line.Length > 0 && line[0] != '#').ToList();
        var settings = lines[..^1].Select(static line => line.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1]);
        return (settings, lines[^1].Split(' ', lines[^1][0] == '@' ? 2 : 6)[^1]);
    }

    private static string Sample(string name) => Path.Combine(PublishedProgram.Checkout, "samples", name);
}
