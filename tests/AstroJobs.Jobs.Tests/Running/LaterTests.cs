using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class LaterTests : StoreFixture
{
    private Queue _queue = null!;

    private Later Later => _queue.Later;

    [SetUp]
    public void SetUp() => _queue = new Queue(Store);

    [Test]
    public void The_earliest_is_found_and_the_due_come_in_the_order_of_their_times()
    {
        var jobs = new Dictionary<int, JobId>();
        foreach (var minutes in (int[])[90, 5, -1, 600000, 0])
            jobs[minutes] = Add(MadeJobs.Night.AddMinutes(minutes)).JobId;
        Assert.Multiple(() =>
        {
            Assert.That(Later.Earliest(), Is.EqualTo(MadeJobs.Night.AddMinutes(-1)));
            Assert.That(Later.Due(MadeJobs.Night).Select(static entry => entry.Job), Is.EqualTo([jobs[-1], jobs[0]]));
            Assert.That(Later.Due(MadeJobs.Night.AddMinutes(89.999)).Select(static entry => entry.Job), Is.EqualTo([jobs[-1], jobs[0], jobs[5]]));
            Assert.That(Later.Due(DateTimeOffset.MaxValue), Has.Count.EqualTo(5));
            Assert.That(_queue.IsEmpty, Is.False);
            Assert.That(_queue.HasLines, Is.False);
        });
    }

    [Test]
    public void A_due_job_moves_into_its_line_and_is_queued_in_either_place()
    {
        var spec = Add(MadeJobs.Night);
        Assert.That(_queue.Contains(spec, MadeJobs.Night));
        _queue.MoveIntoLine(Later.Due(MadeJobs.Night).Single(), spec);
        Assert.Multiple(() =>
        {
            Assert.That(Later.IsEmpty);
            Assert.That(_queue.Lines().Single().Entries().Single().Job, Is.EqualTo(spec.JobId));
            Assert.That(_queue.Contains(spec, MadeJobs.Night));
        });
    }

    [Test]
    public void A_removed_job_stands_in_neither_place()
    {
        var spec = Add(MadeJobs.Night);
        _queue.Add(spec, null);
        _queue.Remove(Store.Open(spec.JobId), MadeJobs.Night);
        Assert.That((_queue.IsEmpty, _queue.Contains(spec, MadeJobs.Night)), Is.EqualTo((true, false)));
    }

    [Test]
    public void Foreign_files_are_passed_over()
    {
        var spec = Add(MadeJobs.Night);
        foreach (var name in (string[])["README", $"12-{spec.JobId}", $"-00000000000001-{spec.JobId}", $"00000000000000x-{spec.JobId}", "000000000000000-x"])
            File.WriteAllText(Path.Combine(Later.Folder, name), "");
        Assert.That(Later.Due(DateTimeOffset.MaxValue).Select(static entry => entry.Job), Is.EqualTo([spec.JobId]));
    }

    [TestCase("0001-01-01T00:00:00Z")]
    [TestCase("1969-12-31T23:59:59Z")]
    [TestCase("9999-12-31T23:59:59.999Z")]
    public void Any_time_has_a_name(string time)
    {
        var at = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        Add(at);
        Assert.That(Later.Earliest(), Is.EqualTo(at < DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : at));
    }

    [Test]
    public void Nobody_waits_in_a_store_that_is_not_there_and_looking_makes_nothing()
    {
        Assert.That((Later.IsEmpty, Later.Earliest(), Later.Due(DateTimeOffset.MaxValue).Count), Is.EqualTo((true, (DateTimeOffset?)null, 0)));
        Assert.That(Directory.EnumerateFileSystemEntries(Folder.Path), Is.Empty);
    }

    private JobSpec Add(DateTimeOffset notBefore)
    {
        var spec = MadeJobs.Spec() with { StartAt = notBefore };
        MadeJobs.Add(Store, spec: spec);
        _queue.Add(spec, notBefore);
        return spec;
    }
}
