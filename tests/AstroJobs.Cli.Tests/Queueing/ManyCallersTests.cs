using System.Collections.Concurrent;
using System.Diagnostics;

namespace AstroJobs.Cli.Tests.Queueing;

[NonParallelizable]
public sealed class ManyCallersTests : IDisposable
{
    private readonly CallerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Test]
    public void Two_hundred_jobs_of_twenty_callers_are_all_done_and_none_twice()
    {
        _store.Variables["ASTROJOBS_CPU_SLOTS"] = "3";
        var ids = new ConcurrentBag<string>();
        var watch = Stopwatch.StartNew();
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 20 }, i => ids.Add(_store.Submit("sh", "-c", $"echo x >> '{_store.Beside("ran")}'")));
        TestContext.Out.WriteLine($"200 submits by 20 callers: {watch.Elapsed.TotalSeconds:0.00} s");
        CallerStore.Eventually(() => ids.All(id => _store.StoredState(id) == "done"), "all are done, no verb run", 60);
        TestContext.Out.WriteLine($"all done: {watch.Elapsed.TotalSeconds:0.00} s");
        Assert.Multiple(() =>
        {
            Assert.That(ids, Is.Unique);
            Assert.That(File.ReadAllLines(_store.Beside("ran")), Has.Length.EqualTo(200), "each ran once");
            Assert.That(_store.Run("list", "--limit", "1000").Json.GetProperty("jobs").GetArrayLength(), Is.EqualTo(200));
            Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(_store.Root, ".astrojobs", "new")), Is.Empty);
        });
    }

    [Test]
    public void A_wait_wakes_up_as_soon_as_the_job_ends()
    {
        var latencies = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var gate = _store.Beside($"gate{i}");
            var id = _store.Submit("sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.01; done");
            CallerStore.Eventually(() => _store.StoredState(id) == "processing", "it runs");
            using var wait = _store.Start(PublishedProgram.Path, "wait", id);
            CallerStore.Eventually(() => Directory.EnumerateFiles($"/proc/{wait.Id}/fd").Any(static fd => new FileInfo(fd).LinkTarget == "anon_inode:inotify"), "it waits");
            File.WriteAllText(gate, "");
            Assert.That(wait.WaitForExit(10_000));
            latencies.Add((DateTimeOffset.UtcNow - _store.Stored(id).GetProperty("finished_at").GetDateTimeOffset()).TotalMilliseconds);
        }
        TestContext.Out.WriteLine($"wait ended after the job, ms: {string.Join(' ', latencies.Select(static ms => $"{ms:0}"))}");
        Assert.That(latencies.Min(), Is.LessThan(1000), "the regular look comes once a second: it was woken");
    }
}
