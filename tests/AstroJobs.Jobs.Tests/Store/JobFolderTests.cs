using System.Text;
using AstroJobs.Jobs.Store;
using AstroJobs.Testing;

namespace AstroJobs.Jobs.Tests.Store;

public sealed class JobFolderTests : StoreFixture
{
    private JobFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = MadeJobs.Add(Store);

    private string Status => Path.Combine(_folder.Path, "status.json");

    [TestCase("")]
    [TestCase("   \n")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("\0\0\0\0\0\0\0\0")]
    [TestCase("""{"version":1,"job_id":"0193""")]
    [TestCase("""{"hello":"world"}""")]
    public void A_status_that_is_none_is_corrupt_and_kept(string content)
    {
        File.WriteAllText(Status, content);
        Assert.Multiple(() =>
        {
            Assert.That(_folder.ReadStatus, Throws.TypeOf<JobException>().With.Property("Code").EqualTo("corrupt").And.Message.Contains("status.json"));
            Assert.That(File.ReadAllText(Status), Is.EqualTo(content));
        });
    }

    [Test]
    public void Every_torn_status_is_corrupt()
    {
        var whole = File.ReadAllBytes(Status);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Status, whole[..length]);
            Assert.That(_folder.ReadStatus, Throws.TypeOf<JobException>(), Encoding.UTF8.GetString(whole[..length]));
        }
    }

    [Test]
    public void A_newer_version_is_refused_by_name()
    {
        File.WriteAllText(Status, File.ReadAllText(Status).Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal));
        Assert.That(_folder.ReadStatus, Throws.TypeOf<JobException>().With.Message.Contains("newer astrojobs"));
    }

    [Test]
    public void A_member_that_a_later_version_1_may_add_is_passed_over()
    {
        File.WriteAllText(Status, File.ReadAllText(Status).Replace("\"version\":1", "\"version\":1,\"mood\":{\"x\":[1]}", StringComparison.Ordinal));
        Assert.That(_folder.ReadStatus().State, Is.EqualTo(JobState.Queued));
    }

    [Test]
    public void The_status_of_another_job_is_corrupt()
    {
        var other = MadeJobs.Add(Store, JobState.Done);
        File.Copy(Path.Combine(other.Path, "status.json"), Status, overwrite: true);
        Assert.That(_folder.ReadStatus, Throws.TypeOf<JobException>().With.Property("Code").EqualTo("corrupt"));
    }

    [TestCase("status.json")]
    [TestCase("job.json")]
    public void A_missing_file_is_corrupt_but_a_missing_folder_is_no_job(string name)
    {
        File.Delete(Path.Combine(_folder.Path, name));
        Assert.That(Read, Throws.TypeOf<JobException>().With.Property("Code").EqualTo("corrupt"));
        Directory.Delete(_folder.Path, recursive: true);
        Assert.That(Read, Throws.TypeOf<JobException>().With.Property("Code").EqualTo("job_not_found"));

        void Read()
        {
            _folder.ReadStatus();
            _folder.ReadSpec();
        }
    }

    [Test]
    public void A_job_of_an_older_version_has_the_defaults_for_what_came_later()
    {
        var folder = MadeJobs.Add(Store);
        var file = Path.Combine(folder.Path, "job.json");
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        foreach (var name in (string[])["after_any", "start_at", "on_finish", "timeout", "nice"])
            json.Remove(name);
        File.WriteAllText(file, json.ToJsonString());
        var spec = folder.ReadSpec();
        Assert.Multiple(() =>
        {
            Assert.That(spec.AfterAny, Is.Empty);
            Assert.That(spec.OnFinish, Is.Empty);
            Assert.That((spec.StartAt, spec.Timeout, spec.Nice), Is.EqualTo(((DateTimeOffset?)null, (TimeSpan?)null, (int?)null)));
        });
    }

    [Test]
    public void A_spec_reads_back_as_it_was_written()
    {
        var spec = MadeJobs.Spec(JobId.New(TimeProvider.System), -5, "camera:a", "cpu") with
        {
            Project = "p ü\n\"",
            Labels = new Dictionary<string, string> { ["k ="] = "v\t☾" },
            After = [_folder.Id],
            CancelGrace = TimeSpan.FromSeconds(2.5),
        };
        var back = MadeJobs.Add(Store, spec: spec).ReadSpec();
        Assert.Multiple(() =>
        {
            Assert.That(back.Parameters.Utf8.ToArray(), Is.EqualTo("{}"u8.ToArray()));
            Assert.That(back.Labels, Is.EqualTo(spec.Labels));
            Assert.That(back.Slots, Is.EqualTo(spec.Slots));
            Assert.That(back.After, Is.EqualTo(spec.After));
            Assert.That(back with { Parameters = spec.Parameters, Labels = spec.Labels, Slots = spec.Slots, After = spec.After, AfterAny = spec.AfterAny }, Is.EqualTo(spec));
        });
    }
}
