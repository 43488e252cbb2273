using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AstroJobs.Jobs.Running;
using AstroJobs.Jobs.Store;

namespace AstroJobs.Jobs.Tests.Store;

/// <summary>What is written by hand is what the serializer would write: all members, their order, their values.</summary>
public sealed class JobsTextTests
{
    private const string Odd = "p ü\n\r\t\0\u001f\u007f\u2028\"\\/<>&'+☾😀é";

    private static readonly JobSpec Spec = MadeJobs.Spec(null, -5, "camera:a", "cpu") with
    {
        Project = Odd,
        Group = "",
        Labels = new Dictionary<string, string> { [Odd] = Odd, ["k"] = "" },
        After = [JobId.New(TimeProvider.System), JobId.New(TimeProvider.System)],
        AfterAny = [JobId.New(TimeProvider.System)],
        Retries = 3,
        RetryDelay = TimeSpan.FromSeconds(0.1),
        Resumable = true,
        OnFinish = ["/bin/sh", Odd],
        Timeout = TimeSpan.FromSeconds(0.25),
        Nice = -5,
        CancelGrace = TimeSpan.FromSeconds(2.5),
        CreatedAt = MadeJobs.Night.ToOffset(TimeSpan.FromHours(-7)).AddTicks(12_345_678),
        Parameters = new RawJson(Encoding.UTF8.GetBytes("{\"a\":[1,2.5,null,\"é\"]}")),
    };

    private static JobStatus Queued => Transitions.Create(Spec);

    private static IEnumerable<JobStatus> Statuses() =>
    [
        Queued,
        Queued with { WaitingFor = Odd, Position = 10_001, Attempt = 3 },
        Queued with { Progress = new JobProgress(7, 21, Odd, null), StartedAt = MadeJobs.Night.AddMilliseconds(7) },
        Queued with { Progress = new JobProgress(0, null, null, Odd), Worker = new WorkerIdentity(1, long.MaxValue, "b", Odd, "local") },
        Transitions.Fail(Queued, new JobError("io_error", Odd, Odd), MadeJobs.Night.AddYears(7000)),
        Transitions.Fail(Queued, new JobError("io_error", ""), DateTimeOffset.MinValue),
        Queued with { NotBefore = MadeJobs.Night, RetriesLeft = 3, LastError = new JobError("io_error", Odd, Odd) },
    ];

    [TestCaseSource(nameof(Statuses))]
    public void A_status_is_what_the_serializer_would_write(JobStatus status) => AssertSame(JobsText.Write(status), status, JobsJson.Default.JobStatus);

    [Test]
    public void A_spec_is_what_the_serializer_would_write()
    {
        AssertSame(JobsText.Write(Spec), Spec, JobsJson.Default.JobSpec);
        AssertSame(JobsText.Write(MadeJobs.Spec()), MadeJobs.Spec() with { JobId = Spec.JobId }, JobsJson.Default.JobSpec, "job_id");
    }

    [Test]
    public void Every_character_survives_and_a_lone_surrogate_does_no_harm()
    {
        for (var block = 0; block < 0x10000; block += 0x100)
        {
            var text = string.Concat(Enumerable.Range(block, 0x100).Where(static code => !char.IsSurrogate((char)code)).Select(static code => (char)code));
            Assert.That(Back(text), Is.EqualTo(text));
        }
        Assert.That(Back("a\ud800b"), Is.EqualTo("a\ufffdb"));
        Assert.That(Back("a\udc00"), Is.EqualTo("a\ufffd"));
    }

    [Test]
    public void An_object_is_one_line()
    {
        Assert.That(Encoding.UTF8.GetString(new JsonText().ToUtf8()), Is.EqualTo("{}"));
        var line = new JsonText().Add("ok", true).Add("x", -0.5).Add("n", 0L).Add("none", (string?)null).Add("many", ["a", "b"]).Add("o", static inner => inner.Add("p", false)).ToLine();
        Assert.That(Encoding.UTF8.GetString(line), Is.EqualTo("{\"ok\":true,\"x\":-0.5,\"n\":0,\"none\":null,\"many\":[\"a\",\"b\"],\"o\":{\"p\":false}}\n"));
    }

    private static string Back(string text) => JsonDocument.Parse(new JsonText().Add("t", text).ToUtf8()).RootElement.GetProperty("t").GetString()!;

    private static void AssertSame<T>(byte[] written, T value, JsonTypeInfo<T> json, params string[] but)
    {
        var mine = JsonNode.Parse(written)!.AsObject();
        var platforms = JsonSerializer.SerializeToNode(value, json)!.AsObject();
        foreach (var name in but)
            Assert.That(mine.Remove(name) && platforms.Remove(name));
        Assert.That(mine.Select(static member => member.Key), Is.EqualTo(platforms.Select(static member => member.Key)));
        Assert.That(mine.ToJsonString(), Is.EqualTo(platforms.ToJsonString()));
    }
}
