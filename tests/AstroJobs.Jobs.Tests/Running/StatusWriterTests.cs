using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class StatusWriterTests : StoreFixture
{
    private ManualTime _time = null!;
    private JobFolder _folder = null!;
    private StatusWriter _writer = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new ManualTime();
        _folder = MadeJobs.Add(Store);
        _writer = new StatusWriter(_folder, _folder.ReadStatus(), _time);
        _writer.Transit(static (status, now) => Transitions.Begin(status, new WorkerIdentity(1, 2, "boot", "host", "local"), now));
    }

    [TearDown]
    public void TearDown()
    {
        _writer.Dispose();
    }

    private long? OnDisk => _folder.ReadStatus().Progress?.Current;

    [Test]
    public void The_first_report_is_on_disk_at_once()
    {
        _writer.Report(new JobProgress(1, 10, "read", "1"));
        Assert.That(OnDisk, Is.EqualTo(1));
    }

    [Test]
    public void Reports_are_written_five_times_a_second_at_most()
    {
        var writes = 0;
        var last = "";
        for (var i = 1; i <= 1000; i++, _time.Advance(TimeSpan.FromMilliseconds(10)))
        {
            _writer.Report(new JobProgress(i, 1000, "read", $"{i}"));
            var now = File.ReadAllText(Folder.File(_folder.Id.ToString(), "status.json"));
            writes += now == last ? 0 : 1;
            last = now;
        }
        Assert.That(writes, Is.InRange(45, 51), "10 s of reports");
    }

    [Test]
    public void The_last_report_is_on_disk_within_200_ms_although_nothing_follows()
    {
        _writer.Report(new JobProgress(1, 10, "read", "1"));
        _writer.Report(new JobProgress(2, 10, "read", "2"));
        _writer.Report(new JobProgress(3, 10, "read", "3"));
        Assert.That(OnDisk, Is.EqualTo(1));
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.That(OnDisk, Is.EqualTo(3));
    }

    [Test]
    public void The_end_carries_the_last_report_and_nothing_follows_it()
    {
        _writer.Report(new JobProgress(1, 10, "read", "1"));
        _writer.Report(new JobProgress(10, 10, "read", "10"));
        _writer.Transit(Transitions.Done);
        _writer.Report(new JobProgress(11, 10, "read", "late"));
        _time.Advance(TimeSpan.FromSeconds(1));
        var status = _folder.ReadStatus();
        Assert.Multiple(() =>
        {
            Assert.That(status.State, Is.EqualTo(JobState.Done));
            Assert.That(status.Progress?.Current, Is.EqualTo(10));
        });
    }

    [Test]
    public void A_refused_step_leaves_the_file_as_it_is()
    {
        _writer.Transit(Transitions.Done);
        Assert.That(() => _writer.Transit(Transitions.Cancel), Throws.InvalidOperationException);
        Assert.That(_folder.ReadStatus().State, Is.EqualTo(JobState.Done));
    }
}
