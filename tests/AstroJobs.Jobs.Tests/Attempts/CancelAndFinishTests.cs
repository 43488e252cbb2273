using System.Diagnostics;
using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Attempts;

/// <summary>A job is cancelled in the moment in which it ends.</summary>
public sealed class CancelAndFinishTests
{
    private const int Rounds = 1000;

    /// <summary>A canceller needs about half of it to leave its request: either may come first.</summary>
    private const int LatestMicroseconds = 2000;

    /// <summary>Nobody can be signalled: the worker is asked by its cancel file alone.</summary>
    private static readonly WorkerIdentity Someone = new(4242, 123456, "another boot", "pi4", "local");

    [Test]
    public async Task Of_all_ends_that_meet_one_stands_and_both_sides_tell_it()
    {
        using var temp = TempFolder.InMemory();
        var store = new JobStore(temp.Path);
        var queue = new Queue(store);
        var chance = new Random(20261121);
        var seen = new Dictionary<JobState, int>();
        for (var round = 0; round < Rounds; round++)
        {
            var folder = MadeJobs.Add(store, spec: MadeJobs.Spec() with { Retries = round / 4 % 2 });
            var worker = new WorkerPlayed(folder, MadeJobs.Attempts(store, TimeProvider.System), (WorkersEnd)(round % 4), TimeSpan.FromMicroseconds(chance.Next(LatestMicroseconds)));
            var start = new Barrier(2);
            var working = Task.Run(() => worker.End(start));
            var cancelling = Task.Run(() => CancelAsync(start));

            await Task.WhenAll(working, cancelling);

            var (answer, last) = (await cancelling, folder.ReadStatus());
            var recorded = Enumerable.Range(1, last.Attempt - 1).Select(attempt => folder.Archive(attempt).TryReadStatus()).Append(last).ToList();
            Assert.That(recorded.Select(static status => status?.IsFinal), Has.All.True, "each attempt has its end");
            Assert.That(JobsText.Write(answer), Is.EqualTo(JobsText.Write(last)), "the canceller tells what stands");
            if (await working is { IsFinal: true } told)
                Assert.That(recorded.Select(static status => JobsText.Write(status!)), Has.Member(JobsText.Write(told)), "what the worker recorded stands");
            Assert.That(queue.Contains(folder.ReadSpec(), last.NotBefore), Is.False, "nobody starts it again");
            seen[last.State] = seen.GetValueOrDefault(last.State) + 1;

            Task<JobStatus> CancelAsync(Barrier barrier)
            {
                var canceller = new Canceller(MadeJobs.Recovery(store, TimeProvider.System), queue, MadeJobs.Executor(store), TimeProvider.System);
                barrier.SignalAndWait();
                return canceller.CancelAsync(folder, CancellationToken.None);
            }
        }
        TestContext.Out.WriteLine(string.Join(", ", seen.Select(static pair => $"{pair.Value} {pair.Key}")));
        Assert.That(seen.Values.Sum(), Is.EqualTo(Rounds));
    }

    /// <summary>How a worker ends that is not asked to stop in time.</summary>
    private enum WorkersEnd
    {
        Done,
        Fails,
        FailsTooLateToHear,
        Dies,
    }

    /// <summary>What a worker does with its job's files in its last moment, on a thread.</summary>
    private sealed class WorkerPlayed(JobFolder folder, Jobs.Running.Attempts attempts, WorkersEnd end, TimeSpan delay)
    {
        private readonly FolderLock _lock = FolderLock.TryAcquire(folder.Lock)!;
        private readonly StatusWriter _status = Begin(folder);

        /// <returns>What it recorded; not final where it died, or where the engine tries again.</returns>
        public JobStatus End(Barrier start)
        {
            start.SignalAndWait();
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < delay;)
                Thread.SpinWait(10);
            var isCancel = File.Exists(folder.CancelRequest(1));
            if (isCancel && end != WorkersEnd.FailsTooLateToHear)
                _status.Transit(Transitions.Cancel);
            else if (end == WorkersEnd.Done)
                _status.Transit(Transitions.Done);
            else if (end != WorkersEnd.Dies)
                _status.Transit(static (now, at) => Transitions.Fail(now, new JobError(ErrorCode.ToolFailed, "It failed."), at), ended => attempts.End(folder, ended));
            _status.Dispose();
            _lock.Dispose();
            return _status.Current;
        }

        private static StatusWriter Begin(JobFolder folder)
        {
            var status = new StatusWriter(folder, folder.ReadStatus(), TimeProvider.System);
            status.Transit(static (now, at) => Transitions.Begin(now, Someone, at));
            return status;
        }
    }
}
