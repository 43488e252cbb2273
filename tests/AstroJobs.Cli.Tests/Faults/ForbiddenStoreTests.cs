namespace AstroJobs.Cli.Tests.Faults;

/// <summary>A store that belongs to somebody else, seen by a user who may read it, or not even that.</summary>
public sealed class ForbiddenStoreTests : CallerFixture
{
    private const string Nobody = "65534";

    [Test]
    public void Who_may_only_read_is_told_the_truth_and_changes_nothing()
    {
        var done = Store.Submit("true");
        Store.Wait(done);
        var lost = Store.Submit("sleep", "600");
        CallerStore.Eventually(() => LiveProcesses.OfJob(lost, "sleep").Count == 1, "the tool runs");
        LiveProcesses.Kill(Store.Stored(lost).GetProperty("worker").GetProperty("pid").GetInt32());
        Store.WaitForDeath(lost);
        CallerStore.Eventually(() => LiveProcesses.OfStore(Store.Root).Count == 1, "the tool alone is left: nobody else changes anything");
        var before = Snapshot();

        Assert.Multiple(() =>
        {
            Assert.That(AsNobody("status", done).State, Is.EqualTo("done"));
            Assert.That(AsNobody("status", lost).ErrorCode, Is.EqualTo("worker_lost"));
            Assert.That(AsNobody("list").Json.GetProperty("jobs").GetArrayLength(), Is.EqualTo(2));
            Assert.That(AsNobody("result", done).ExitCode, Is.Zero);
            Assert.That(AsNobody("log", done).ExitCode, Is.Zero);
            Assert.That(AsNobody("stats").ExitCode, Is.Zero);
            MustBeRefused(AsNobody("submit", "run", "--", "true"));
            MustBeRefused(AsNobody("cancel", lost));
            MustBeRefused(AsNobody("delete", done));
            Assert.That(Snapshot(), Is.EqualTo(before));
            Assert.That(LiveProcesses.OfJob(lost, "sleep"), Has.Count.EqualTo(1), "its tool is not theirs to stop");
        });
        Assert.That(Store.Run("status", lost).ErrorCode, Is.EqualTo("worker_lost"));
        CallerStore.Eventually(() => LiveProcesses.OfJob(lost).Count == 0, "its owner stops it");
    }

    [Test]
    public void Who_may_not_even_read_gets_an_error_in_every_verb()
    {
        var id = Store.Submit("true");
        Store.Wait(id);
        File.SetUnixFileMode(Store.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        foreach (var verb in (string[][])[["status", id], ["list"], ["log", id], ["result", id], ["cancel", id], ["delete", id], ["wait", id], ["stats"], ["submit", "run", "--", "true"]])
            MustBeRefused(AsNobody(verb));
        Assert.That(Store.Run("status", id).State, Is.EqualTo("done"));
    }

    private static void MustBeRefused(Said said)
    {
        Assert.That(said.ExitCode, Is.Not.Zero, said.Output);
        Assert.That(said.Error, Does.Not.Contain("   at "));
        Assert.That(said.ErrorCode, Is.EqualTo("io_error").Or.EqualTo("job_not_found").Or.EqualTo("not_cancellable"), said.Output);
    }

    private Said AsNobody(params string[] arguments)
    {
        if (Environment.UserName != "root")
            Assert.Ignore("Only root can become another user.");
        // The tests' own folders are the owner's alone; the store's parents must let the other user through.
        File.SetUnixFileMode(Path.GetDirectoryName(Store.Root)!, (UnixFileMode)0x1ED); // 0755
        return Store.RunProgram("setpriv", ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", PublishedProgram.Path, .. arguments]);
    }

    private List<string> Snapshot() =>
        [.. Directory.EnumerateFileSystemEntries(Store.Root, "*", SearchOption.AllDirectories).Order().Select(static path => $"{path} {File.GetLastWriteTimeUtc(path):O}")];
}
