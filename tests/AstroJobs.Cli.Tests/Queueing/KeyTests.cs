namespace AstroJobs.Cli.Tests.Queueing;

/// <summary><c>submit --key</c>: one job a key.</summary>
public sealed class KeyTests : IDisposable
{
    private readonly CallerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Test]
    public void Twenty_callers_with_one_key_make_one_job()
    {
        var said = new Said[20];
        Parallel.For(0, said.Length, new ParallelOptions { MaxDegreeOfParallelism = 20 }, i => said[i] = Submit("m42/2026-11-21 ☾", "sh", "-c", $"echo x >> '{_store.Beside("ran")}'"));
        Assert.Multiple(() =>
        {
            Assert.That(said.Select(static one => one.ExitCode), Has.All.Zero);
            Assert.That(said.Select(static one => one.JobId).Distinct().Count(), Is.EqualTo(1));
            Assert.That(said.Count(static one => one.Json.GetProperty("created").GetBoolean()), Is.EqualTo(1));
            Assert.That(_store.Wait(said[0].JobId!).ExitCode, Is.Zero);
            Assert.That(File.ReadAllLines(_store.Beside("ran")), Has.Length.EqualTo(1), "it ran once");
            Assert.That(_store.Run("list").Json.GetProperty("jobs").GetArrayLength(), Is.EqualTo(1));
        });
    }

    [Test]
    public void The_same_key_is_the_same_job_until_it_is_deleted_and_another_key_is_another()
    {
        var first = Submit("a", "true");
        _store.Wait(first.JobId!);
        var again = Submit("a", "false");
        var other = Submit("A", "true");
        Assert.Multiple(() =>
        {
            Assert.That((again.JobId, again.Json.GetProperty("created").GetBoolean()), Is.EqualTo((first.JobId, false)), "also when it has ended");
            Assert.That((other.JobId == first.JobId, other.Json.GetProperty("created").GetBoolean()), Is.EqualTo((false, true)));
        });
        Assert.That(_store.Run("delete", first.JobId!).ExitCode, Is.Zero);
        var fresh = Submit("a", "true");
        Assert.That((fresh.JobId == first.JobId, fresh.Json.GetProperty("created").GetBoolean()), Is.EqualTo((false, true)), "a deleted job frees its key");
    }

    [Test]
    public void A_submit_that_fails_leaves_its_key_free()
    {
        Submit("k", "no-such-program").MustFail(7, "tool_missing");
        Assert.That(Submit("k", "true").Json.GetProperty("created").GetBoolean());
    }

    private Said Submit(string key, params string[] program) => _store.Run(["submit", "run", "--key", key, "--", .. program]);
}
