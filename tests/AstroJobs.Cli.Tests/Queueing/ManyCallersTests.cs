using System.Collections.Concurrent;
using System.Diagnostics;

namespace AstroJobs.Cli.Tests.Queueing;

[NonParallelizable]
public sealed class ManyCallersTests() : CallerFixture(CallerStore.InMemory())
{
    /// <summary>Both slots are held until all are submitted: then their order is that of their ids, and jobs begin in that order but for a worker that is slow to begin.</summary>
    [Test]
    public void Hundreds_of_jobs_of_fifty_callers_are_all_done_once_in_order_and_never_more_than_two_at_a_time()
    {
        const int jobs = 400, callers = 50, slots = 2;
        Store.Variables["ASTROJOBS_CPU_SLOTS"] = $"{slots}";
        var (gate, ran) = (Store.Beside("gate"), Store.Beside("ran"));
        var holders = Enumerable.Range(0, slots).Select(_ => Store.Submit("sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.1; done")).ToArray();
        CallerStore.Eventually(() => holders.All(id => Store.StoredState(id) == "processing"), "both slots are held");
        var ids = new ConcurrentBag<string>();
        var watch = Stopwatch.StartNew();

        Parallel.For(0, jobs, new ParallelOptions { MaxDegreeOfParallelism = callers }, _ => ids.Add(Store.Submit("sh", "-c", $"echo $ASTROJOBS_JOB_ID >> '{ran}'; echo end >> '{ran}'")));
        TestContext.Out.WriteLine($"{jobs} submits by {callers} callers: {watch.Elapsed.TotalSeconds:0.00} s");
        File.WriteAllText(gate, "");
        CallerStore.Eventually(() => File.Exists(ran) && File.ReadLines(ran).Count() == 2 * jobs, "all have run, no verb called", 900);
        TestContext.Out.WriteLine($"all have run: {watch.Elapsed.TotalSeconds:0.00} s");

        Store.Wait([.. ids]);
        var order = ids.Order(StringComparer.Ordinal).Select(static (id, rank) => (id, rank)).ToDictionary(static job => job.id, static job => job.rank);
        int begun = 0, running = 0;
        foreach (var line in File.ReadLines(ran))
        {
            running += line == "end" ? -1 : 1;
            Assert.That(running, Is.InRange(0, slots));
            if (line != "end")
                Assert.That(order[line], Is.LessThan(begun++ + slots), "it was not its turn");
        }
        Assert.Multiple(() =>
        {
            Assert.That(ids, Is.Unique);
            Assert.That(begun, Is.EqualTo(jobs), "each ran once");
            Assert.That(ids.Select(Store.StoredState), Is.All.EqualTo("done"));
            Assert.That(Store.Run("list", "--limit", "2000").Json.GetProperty("jobs").GetArrayLength(), Is.EqualTo(jobs + slots));
            Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(Store.Root, ".astrojobs", "new")), Is.Empty);
        });
    }

    [Test]
    public void A_wait_wakes_up_as_soon_as_the_job_ends()
    {
        var latencies = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var gate = Store.Beside($"gate{i}");
            var id = Store.Submit("sh", "-c", $"while [ ! -e '{gate}' ]; do sleep 0.01; done");
            CallerStore.Eventually(() => Store.StoredState(id) == "processing", "it runs");
            using var wait = Store.Start(PublishedProgram.Path, "wait", id);
            CallerStore.Eventually(() => Directory.EnumerateFiles($"/proc/{wait.Id}/fd").Any(static fd => new FileInfo(fd).LinkTarget == "anon_inode:inotify"), "it waits");
            File.WriteAllText(gate, "");
            Assert.That(wait.WaitForExit(60_000));
            latencies.Add((DateTimeOffset.UtcNow - Store.Stored(id).GetProperty("finished_at").GetDateTimeOffset()).TotalMilliseconds);
        }
        TestContext.Out.WriteLine($"wait ended after the job, ms: {string.Join(' ', latencies.Select(static ms => $"{ms:0}"))}");
        Assert.That(latencies.Min(), Is.LessThan(1000), "the regular look comes once a second: it was woken");
    }
}
