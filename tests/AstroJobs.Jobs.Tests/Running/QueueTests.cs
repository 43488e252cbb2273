using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Running;

public sealed class QueueTests : StoreFixture
{
    private Queue _queue = null!;

    [SetUp]
    public void SetUp() => _queue = new Queue(Store);

    [Test]
    public void The_higher_priority_comes_first_then_the_older_job()
    {
        var time = new ManualTime();
        var specs = new List<JobSpec>();
        foreach (var priority in (int[])[0, -1000, 7, 0, 1000, 7, -1])
        {
            specs.Add(MadeJobs.Spec(JobId.New(time), priority));
            time.Advance(TimeSpan.FromMilliseconds(5));
        }
        foreach (var spec in specs.AsEnumerable().Reverse())
            _queue.Add(spec, null);
        var expected = specs.OrderByDescending(static spec => spec.Priority).ThenBy(static spec => spec.JobId).Select(static spec => spec.JobId);
        Assert.That(_queue.Lines().Single().Entries().Select(static entry => entry.Job), Is.EqualTo(expected));
    }

    [Test]
    public void Jobs_that_need_the_same_slots_stand_in_one_line()
    {
        _queue.Add(MadeJobs.Spec(slots: ["camera:a", "cpu"]), null);
        _queue.Add(MadeJobs.Spec(slots: ["cpu", "camera:a"]), null);
        _queue.Add(MadeJobs.Spec(slots: ["cpu"]), null);
        Assert.That(_queue.Lines().Select(static line => (string.Join(' ', line.Slots), line.Entries().Count())), Is.EquivalentTo([("camera:a cpu", 2), ("cpu", 1)]));
    }

    [Test]
    public void A_removed_job_stands_nowhere_and_removing_it_twice_is_the_same()
    {
        var spec = MadeJobs.Spec();
        var folder = MadeJobs.Add(Store, spec: spec);
        _queue.Add(spec, null);
        Assert.That(_queue.Contains(spec, null));
        _queue.Remove(folder, null);
        _queue.Remove(folder, null);
        Assert.Multiple(() =>
        {
            Assert.That(_queue.Contains(spec, null), Is.False);
            Assert.That(_queue.IsEmpty);
            Assert.That(_queue.Lines(), Is.Empty);
        });
    }

    [Test]
    public void A_foreign_file_in_the_line_is_passed_over()
    {
        var spec = MadeJobs.Spec();
        _queue.Add(spec, null);
        File.WriteAllText(Folder.File(".astrojobs", "queue", "cpu", "README"), "hello");
        Assert.That(_queue.Lines().Single().Entries().Select(static entry => entry.Job), Is.EqualTo([spec.JobId]));
    }

    [Test]
    public void Looking_at_the_queue_of_an_empty_store_makes_nothing()
    {
        Assert.That(_queue.IsEmpty);
        Assert.That(_queue.Lines(), Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(Folder.Path), Is.Empty);
    }
}
