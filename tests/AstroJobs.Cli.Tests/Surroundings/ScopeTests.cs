namespace AstroJobs.Cli.Tests.Surroundings;

/// <summary>ASTROJOBS_DETACH=scope, with stand-ins for systemd-run: what it is asked for, and that its refusal costs no job.</summary>
public sealed class ScopeTests : CallerFixture
{
    public ScopeTests() => Store.Variables["ASTROJOBS_DETACH"] = "scope";

    [Test]
    public void The_worker_starts_in_a_scope_of_its_own()
    {
        StandIn("""
            printf '%s\n' "$@" > "$0.asked"
            while [ "$1" != -- ]; do shift; done
            shift
            SCOPE=given exec "$@"
            """);
        var id = Store.Submit("sh", "-c", "echo scope: $SCOPE; exec sleep 600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(id, "sleep").Count == 1, "it runs");
        var worker = Store.Stored(id).GetProperty("worker").GetProperty("pid").GetInt32();
        var asked = File.ReadAllLines(Store.Beside("systemd-run.asked"));
        Assert.Multiple(() =>
        {
            Assert.That(asked[..7], Is.EqualTo((string[])[Environment.IsPrivilegedProcess ? "--system" : "--user", "--scope", "--quiet", "--collect", $"--unit=astrojobs-{id}-1", $"--description=astrojobs job {id}", "--"]));
            Assert.That(asked[8..10], Is.EqualTo((string[])["work", Store.Root]));
            Assert.That(LiveProcesses.CommandLine(worker)[1], Is.EqualTo("work"));
            Assert.That(LiveProcesses.Session(worker), Is.EqualTo(worker));
        });
        CallerStore.Eventually(() => Log(id).Contains("Z scope: given\n", StringComparison.Ordinal), "and so does all that the worker starts");
        Assert.That(Store.Run("cancel", id).State, Is.EqualTo("cancelled"));
    }

    [Test]
    public void A_short_job_runs_once()
    {
        StandIn("""while [ "$1" != -- ]; do shift; done; shift; exec "$@" """);
        for (var i = 0; i < 5; i++)
        {
            var id = Store.Submit("true");
            Assert.That(Store.Wait(id).State, Is.EqualTo("done"));
            Assert.That(Log(id).Split("Started ").Length - 1, Is.EqualTo(1));
        }
    }

    [TestCase("""echo 'Failed to connect to bus' >&2; exit 1""", "Failed to connect to bus\n", "systemd-run started nothing", TestName = "systemd refuses")]
    [TestCase("""exec sleep 600""", "", "systemd-run started nothing", TestName = "systemd does not answer")]
    [TestCase(null, "", "there is no program 'systemd-run'", TestName = "no systemd")]
    public void Where_there_is_no_scope_the_worker_starts_without_one_and_the_log_says_why(string? script, string said, string reason)
    {
        if (script is not null)
            StandIn(script);
        else
            Store.Variables["PATH"] = Store.Beside("nothing");
        var id = Store.Submit("/bin/true");
        Assert.That(Store.Wait(id).State, Is.EqualTo("done"));
        Assert.That(Log(id), Does.StartWith(said).And.Contain($" warning ASTROJOBS_DETACH=scope: {reason}"));
    }

    private void StandIn(string script)
    {
        var program = Store.Beside("systemd-run");
        File.WriteAllText(program, $"#!/bin/sh\n{script}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Store.Variables["PATH"] = $"{Path.GetDirectoryName(program)}:{Environment.GetEnvironmentVariable("PATH")}";
    }

    private string Log(string id) => File.ReadAllText(Path.Combine(Store.Folder(id), "task.log"));
}
