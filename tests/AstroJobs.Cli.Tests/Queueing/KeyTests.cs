namespace AstroJobs.Cli.Tests.Queueing;

/// <summary><c>submit --key</c>: one job a key.</summary>
public sealed class KeyTests : CallerFixture
{
    [Test]
    public void Twenty_callers_with_one_key_make_one_job()
    {
        var said = new Said[20];
        Parallel.For(0, said.Length, new ParallelOptions { MaxDegreeOfParallelism = 20 }, i => said[i] = Submit("m42/2026-11-21 ☾", "sh", "-c", $"echo x >> '{Store.Beside("ran")}'"));
        Assert.Multiple(() =>
        {
            Assert.That(said.Select(static one => one.ExitCode), Has.All.Zero);
            Assert.That(said.Select(static one => one.JobId).Distinct().Count(), Is.EqualTo(1));
            Assert.That(said.Count(static one => one.Json.GetProperty("created").GetBoolean()), Is.EqualTo(1));
            Assert.That(Store.Wait(said[0].JobId!).ExitCode, Is.Zero);
            Assert.That(File.ReadAllLines(Store.Beside("ran")), Has.Length.EqualTo(1), "it ran once");
            Assert.That(Store.Run("list").Json.GetProperty("jobs").GetArrayLength(), Is.EqualTo(1));
        });
    }

    [Test]
    public void The_same_key_is_the_same_job_until_it_is_deleted_and_another_key_is_another()
    {
        var first = Submit("a", "true");
        Store.Wait(first.JobId!);
        var again = Submit("a", "false");
        var other = Submit("A", "true");
        Assert.Multiple(() =>
        {
            Assert.That((again.JobId, again.Json.GetProperty("created").GetBoolean()), Is.EqualTo((first.JobId, false)), "also when it has ended");
            Assert.That((other.JobId == first.JobId, other.Json.GetProperty("created").GetBoolean()), Is.EqualTo((false, true)));
        });
        Assert.That(Store.Run("delete", first.JobId!).ExitCode, Is.Zero);
        var fresh = Submit("a", "true");
        Assert.That((fresh.JobId == first.JobId, fresh.Json.GetProperty("created").GetBoolean()), Is.EqualTo((false, true)), "a deleted job frees its key");
    }

    [Test]
    public void A_submit_that_fails_leaves_its_key_free()
    {
        Submit("k", "no-such-program").MustFail(7, "tool_missing");
        Assert.That(Submit("k", "true").Json.GetProperty("created").GetBoolean());
    }

    [Test]
    public void A_key_goes_with_its_job()
    {
        var deleted = Submit("a", "true").JobId!;
        var pruned = Submit("b", "true").JobId!;
        Store.Wait(deleted, pruned);
        Assert.That(Keys(), Has.Count.EqualTo(2));
        Assert.That(Store.Run("delete", deleted).ExitCode, Is.Zero);
        Assert.That(Keys(), Has.Count.EqualTo(1));
        Assert.That(Store.Run("prune", "--keep", "0").ExitCode, Is.Zero);
        Assert.That(Keys(), Is.Empty);
    }

    [Test]
    public void A_key_that_names_another_job_by_now_stays()
    {
        var first = Submit("a", "true").JobId!;
        Store.Wait(first);
        Directory.Move(Store.Folder(first), Store.Beside("taken away"));
        var second = Submit("a", "true").JobId!;
        Store.Wait(second);
        Directory.Move(Store.Beside("taken away"), Store.Folder(first));
        Assert.That(Store.Run("delete", first).ExitCode, Is.Zero);
        Assert.That(Submit("a", "true").JobId, Is.EqualTo(second));
    }

    [Test]
    public void Keys_without_a_job_are_swept_by_prune()
    {
        var id = Submit("a", "true").JobId!;
        Store.Wait(id);
        Directory.Delete(Store.Folder(id), recursive: true);
        Assert.That(Store.Run("prune", "--keep", "9", "--dry-run").ExitCode, Is.Zero);
        Assert.That(Keys(), Has.Count.EqualTo(1));
        Assert.That(Store.Run("prune", "--keep", "9").ExitCode, Is.Zero);
        Assert.That(Keys(), Is.Empty);
    }

    [Test]
    public void Submits_and_deletes_of_one_key_at_once_make_one_job_at_a_time()
    {
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i =>
        {
            var said = Submit("k", "true");
            Assert.That(said.ExitCode, Is.Zero, said.Output);
            if (i % 2 == 0)
                Assert.That(Store.Run("delete", said.JobId!).ExitCode, Is.Zero.Or.EqualTo(3).Or.EqualTo(6));
        });
        Assert.That(Store.Run("list").Json.GetProperty("jobs").GetArrayLength(), Is.LessThanOrEqualTo(1));
    }

    private List<string> Keys() => [.. Directory.EnumerateFiles(Path.Combine(Store.Root, ".astrojobs", "keys"))];

    private Said Submit(string key, params string[] program) => Store.Run(["submit", "run", "--key", key, "--", .. program]);
}
