using AstroJobs.Jobs.Store;
using AstroJobs.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class WorkerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public void Work_that_does_not_heed_the_end_of_its_time_is_left_behind()
    {
        using var temp = new TempFolder();
        var time = new ManualTime();
        var spec = MadeJobs.Spec() with { Kind = "stubborn", Timeout = TimeSpan.FromMinutes(1) };
        var folder = MadeJobs.Add(new JobStore(temp.Path), spec: spec);
        var engine = new JobEngine(new AstroJobsEnvironment { JobsFolder = temp.Path, Self = ["/nonexistent"], CallerFolder = "/" }, time);
        using var kind = new StubbornKind();
        var run = Task.Run(() => engine.CreateWorker([kind], NullLogger.Instance).Run(spec.JobId, passedLocks: 0));
        Assert.That(kind.Begun.Wait(Patience), "it works");

        time.Advance(TimeSpan.FromMinutes(2));

        Assert.That(run.Wait(Patience), "the worker ends");
        Assert.That((folder.ReadStatus().State, folder.ReadStatus().Error?.Code), Is.EqualTo((JobState.Error, ErrorCode.Timeout)));
        Assert.That(folder.IsLocked, Is.False);
    }

    private sealed class StubbornKind : JobKind, IDisposable
    {
        private readonly ManualResetEventSlim _end = new();

        public ManualResetEventSlim Begun { get; } = new();

        public override string Name => "stubborn";

        public void Dispose() => _end.Set();

        internal override Task RunAsync(RawJson parameters, JobContext context)
        {
            Begun.Set();
            _end.Wait(CancellationToken.None);
            return Task.CompletedTask;
        }
    }
}
