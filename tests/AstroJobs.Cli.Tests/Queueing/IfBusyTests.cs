namespace AstroJobs.Cli.Tests.Queueing;

/// <summary><c>submit --if-busy fail</c>: at once or not at all.</summary>
public sealed class IfBusyTests : CallerFixture
{
    [Test]
    public void A_taken_slot_is_busy_5_names_the_job_and_leaves_nothing()
    {
        var running = Store.SubmitWith(["--if-busy", "fail", "--slot", "camera:x"], "sleep", "600");

        var refused = Now("--slot", "camera:x");

        refused.MustFail(5, "busy");
        Assert.Multiple(() =>
        {
            Assert.That(refused.Json.GetProperty("slot").GetString(), Is.EqualTo("camera:x"));
            Assert.That(refused.Json.GetProperty("busy_with").GetString(), Is.EqualTo(running));
            Assert.That(refused.Json.GetProperty("error").GetProperty("message").GetString(), Does.Contain(running).And.Contain("camera:x"));
            Assert.That(Jobs(), Is.EqualTo([running]));
            Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(Store.Root, ".astrojobs", "new")), Is.Empty);
            Assert.That(Directory.EnumerateFiles(Path.Combine(Store.Root, ".astrojobs", "queue"), "*", SearchOption.AllDirectories), Is.Empty);
        });
        Assert.That(Now("--slot", "camera:y").ExitCode, Is.Zero, "another camera is free");
        Assert.That(Now("--slot", "none").ExitCode, Is.Zero);
        Assert.That(Store.Run("cancel", running).ExitCode, Is.Zero);
        Assert.That(Now("--slot", "camera:x").ExitCode, Is.Zero, "it is free again");
    }

    [Test]
    public void Who_waits_already_goes_first_and_a_job_that_must_wait_for_another_is_busy()
    {
        var gate = Store.Beside("gate");
        var running = Store.Submit("sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.02; done");
        var queued = Store.SubmitWith(["--if-busy", "queue"], "sleep", "600");
        var after = Now("--slot", "none", "--after", running);
        after.MustFail(5, "busy");
        Assert.That(after.Json.GetProperty("busy_with").GetString(), Is.EqualTo(running));
        File.WriteAllText(gate, "");
        CallerStore.Eventually(() => Store.StoredState(queued) == "processing", "the next runs");
        Assert.That(Now().Json.GetProperty("busy_with").GetString(), Is.EqualTo(queued));
        Assert.That(Jobs(), Is.EquivalentTo([running, queued]));
    }

    [Test]
    public void Of_twenty_callers_at_once_as_many_get_a_slot_as_there_are()
    {
        Store.Variables["ASTROJOBS_CPU_SLOTS"] = "3";
        var said = new Said[20];
        Parallel.For(0, said.Length, new ParallelOptions { MaxDegreeOfParallelism = 20 }, i => said[i] = Store.Run("submit", "run", "--if-busy", "fail", "--", "sleep", "600"));
        string[] started = [.. said.Where(static one => one.ExitCode == 0).Select(static one => one.JobId!)];
        Assert.Multiple(() =>
        {
            Assert.That(started, Has.Length.EqualTo(3), string.Join("", said.Select(static one => one.Output + one.Error)));
            Assert.That(said.Where(static one => one.ExitCode != 0).Select(static one => (one.ExitCode, one.ErrorCode)), Has.All.EqualTo((5, "busy")));
            Assert.That(said.Where(static one => one.ExitCode != 0).Select(static one => one.Json.GetProperty("busy_with").GetString()).Distinct(), Is.SubsetOf(started));
            Assert.That(Jobs(), Is.EquivalentTo(started));
        });
        foreach (var id in started)
            CallerStore.Eventually(() => Store.StoredState(id) == "processing", "it runs");
    }

    private Said Now(params string[] options) => Store.Run(["submit", "run", "--if-busy", "fail", .. options, "--", "true"]);

    private IEnumerable<string> Jobs() => Directory.EnumerateDirectories(Store.Root).Select(static folder => Path.GetFileName(folder)).Where(static name => name[0] != '.');
}
